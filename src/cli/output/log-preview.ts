import { EpochCount } from '../../execution/epoch-count.js';
import { readReport } from '../../execution/read-report.js';
import { TrialFailure } from '../../execution/trial-errors.js';
import {
  isDrawing,
  type LineReader,
  type Numbers,
  reportOf,
} from '../../trainers/command/reading/report-line.js';

/** Lines that are kept to give advice on, and characters of each. */
const KEPT_LINES = 2_000;
const KEPT_LENGTH = 1_000;

/** A log whose lines are read as those of a trial would be. */
export class LogPreview {
  readonly #readLine: LineReader;
  readonly #epochs = new EpochCount();
  readonly #kept: string[] = [];
  readonly #tally = { lines: 0, reports: 0, bad: 0, notFinite: 0 };
  #countsFromZero = false;
  #epoch = 0;

  constructor(readLine: LineReader) {
    this.#readLine = readLine;
  }

  /**
   * Numbers of lines, of reports, of what was meant to be one and is none, and of reports with a number that is not
   * finite.
   */
  get tally(): {
    readonly lines: number;
    readonly reports: number;
    readonly bad: number;
    readonly notFinite: number;
  } {
    return this.#tally;
  }

  /** The first lines, for advice. */
  get kept(): readonly string[] {
    return this.#kept;
  }

  /** Whether the program's epochs count from 0. */
  get countsFromZero(): boolean {
    return this.#countsFromZero;
  }

  /** The text to print for the next line. A line that is redrawn counts once, however often it is redrawn. */
  take(text: string): string[] {
    const place = this.#tally.lines + 1;
    if (!isDrawing(text)) this.#tally.lines = place;
    if (this.#kept.length < KEPT_LINES) this.#kept.push(text.slice(0, KEPT_LENGTH));
    const reading = this.#readLine(text);
    switch (reading.kind) {
      case 'other':
        return [];
      case 'reports':
        return reading.reports.map((numbers) => `line ${place}: ${this.#say(numbers)}`);
      case 'bad':
        this.#tally.bad += 1;
        return [`line ${place}: ${reading.message}`];
      default:
        return reading satisfies never;
    }
  }

  #say(numbers: Numbers): string {
    try {
      const report = reportOf(numbers, this.#epochs);
      const checked = readReport(report, this.#epoch, Number.POSITIVE_INFINITY);
      if (checked.kind === 'bad') {
        this.#tally.bad += 1;
        return checked.message;
      }
      if (numbers.epoch === 0) this.#countsFromZero = true;
      if (checked.kind === 'diverged') this.#tally.notFinite += 1;
      this.#epoch = report.epoch;
      this.#tally.reports += 1;
      return Object.entries({ epoch: report.epoch, ...report.metrics })
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', ');
    } catch (error) {
      if (!(error instanceof TrialFailure)) throw error;
      this.#tally.bad += 1;
      return error.message;
    }
  }
}
