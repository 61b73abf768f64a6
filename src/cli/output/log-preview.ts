import type { Report } from '../../campaign/report.js';
import { EpochCount } from '../../execution/epoch-count.js';
import { readReport } from '../../execution/reports/read-report.js';
import { TrialFailure } from '../../execution/trial-errors.js';
import { isDrawing, type LineReader, type LineReading } from '../../trainers/command/reading/report-line.js';
import { ReportMerger } from '../../trainers/command/sources/report-merger.js';
import type { SourceRule } from '../../trainers/command/sources/source-rule.js';

/** What reads the lines of a log. */
export interface PreviewSource {
  readonly rule: SourceRule;
  readonly reader: LineReader;
}

/** Lines that are kept to give advice on, and characters of each. */
const KEPT_LINES = 2_000;
const KEPT_LENGTH = 1_000;

/** A log whose lines are read as those of a trial would be. */
export class LogPreview {
  readonly #sources: readonly PreviewSource[];
  readonly #merger: ReportMerger;
  readonly #epochs = new EpochCount();
  readonly #kept: string[] = [];
  readonly #tally = { lines: 0, reports: 0, bad: 0, notFinite: 0 };
  /** The last line that said something of an epoch. */
  readonly #places = new Map<number, number>();
  #epoch = 0;

  /** `epochs` are those of a trial; by default there may be any number. */
  constructor(sources: readonly PreviewSource[], epochs = Number.POSITIVE_INFINITY) {
    this.#sources = sources;
    this.#merger = new ReportMerger(
      sources.map(({ rule }) => rule),
      epochs,
      this.#epochs,
    );
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
    return this.#epochs.offset === 1;
  }

  /** The text to print for the next line. A line that is redrawn counts once, however often it is redrawn. */
  take(text: string): string[] {
    const place = this.#tally.lines + 1;
    if (!isDrawing(text)) this.#tally.lines = place;
    if (this.#kept.length < KEPT_LINES) this.#kept.push(text.slice(0, KEPT_LENGTH));
    return this.#sources.flatMap(({ reader }, i) => this.#take(i, reader(text), place));
  }

  /** The text to print when no line follows: reports that waited, what is of the whole trial, and notes. */
  finish(): string[] {
    const place = this.#tally.lines;
    const lines = this.#sources.flatMap(({ reader }, i) => {
      const { reports = [], once = {} } = reader.finish?.() ?? {};
      this.#merger.takeOnce(once);
      return this.#take(i, { kind: 'reports', reports }, place);
    });
    lines.push(...this.#merger.finish().map((report) => this.#say(report)));
    const { metrics, notes } = this.#merger.once;
    if (Object.keys(metrics).length > 0) lines.push(`once, for the whole trial: ${formatNumbers(metrics)}`);
    return [...lines, ...notes];
  }

  #take(source: number, reading: LineReading, place: number): string[] {
    switch (reading.kind) {
      case 'other':
        return [];
      case 'once':
        this.#merger.takeOnce(reading.metrics);
        return [];
      case 'reports':
        return reading.reports.flatMap((numbers) => this.#merge(source, numbers, place));
      case 'bad':
        this.#tally.bad += 1;
        return [`line ${place}: ${reading.message}`];
      default:
        return reading satisfies never;
    }
  }

  #merge(source: number, numbers: Readonly<Record<string, unknown>>, place: number): string[] {
    if (this.#merger.isOver) return [];
    try {
      const reports = this.#merger.take(source, numbers);
      this.#places.set(this.#merger.position(source), place);
      return reports.map((report) => this.#say(report));
    } catch (error) {
      if (!(error instanceof TrialFailure)) throw error;
      this.#tally.bad += 1;
      return [`line ${place}: ${error.message}`];
    }
  }

  #say(report: Report): string {
    const line = `line ${this.#places.get(report.epoch) ?? this.#tally.lines}: `;
    const checked = readReport(report, this.#epoch, Number.POSITIVE_INFINITY);
    if (checked.kind === 'bad') {
      this.#tally.bad += 1;
      return line + checked.message;
    }
    if (checked.kind === 'diverged') this.#tally.notFinite += 1;
    this.#epoch = report.epoch;
    this.#tally.reports += 1;
    return line + formatNumbers({ epoch: report.epoch, ...report.metrics });
  }
}

const formatNumbers = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
