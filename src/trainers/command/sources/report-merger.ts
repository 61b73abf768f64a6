import type { Report } from '../../../campaign/report.js';
import type { EpochCount } from '../../../execution/epoch-count.js';
import type { ReportedOnce } from '../../../execution/trainer.js';
import { TrialFailure } from '../../../execution/trial-errors.js';
import { formatCount } from '../../../text/number.js';
import type { Numbers } from '../reading/report-line.js';
import { recordOf, type SourceRecord } from './source-numbers.js';
import { SourceProgress } from './source-progress.js';
import type { SourceRule } from './source-rule.js';

type Metrics = Readonly<Record<string, number>>;

/** Epochs of which something is known and that wait for another source. */
const MAX_WAITING = 100_000;

/**
 * Makes the reports of a trial out of the records of its sources. An epoch is reported when every source has got past
 * it, so a report has what all of them say of it, and no order of reading decides anything. What belongs to no epoch
 * is kept for the end: metrics of sources that are read once, and records without an epoch that name only new metrics,
 * among records with epochs or at the end.
 */
export class ReportMerger {
  readonly #sources: readonly SourceProgress[];
  readonly #waiting = new Map<number, Record<string, number>>();
  readonly #notes = new Set<string>();
  /** Sources of which an epoch that waits has only what was measured before training. */
  readonly #starts = new Set<SourceProgress>();
  #final: Record<string, number> = {};
  #reported: Report | null = null;
  #isOver = false;

  /**
   * `epochCount` counts the epochs of the first source. `epochs` are those of the trial, and `asked` those that the
   * parameters of the program name, if they do.
   */
  constructor(
    rules: readonly SourceRule[],
    private readonly epochs: number,
    epochCount: EpochCount,
    private readonly asked = epochs,
  ) {
    this.#sources = rules.map((rule, i) => new SourceProgress(rule, ...(i === 0 ? [epochCount] : [])));
  }

  /** Whether all sources have got past the last epoch of the trial. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The epoch of the last record of a source; 0 before the first. */
  position(index: number): number {
    return this.#sources[index]?.position ?? 0;
  }

  /** The reports that a record completes. Throws TrialFailure. */
  take(index: number, numbers: Numbers): Report[] {
    const source = this.#sources[index];
    if (source === undefined) return [];
    const record = recordOf(numbers, source.rule.options);
    if (source.rule.options.once === true) return this.takeOnce(record.metrics);
    if (record.epoch === undefined && source.isNews(record.metrics)) {
      if (source.givesEpoch) return this.takeOnce(record.metrics);
      source.candidate = { ...source.candidate, ...record.metrics };
      return [];
    }
    const { candidate } = source;
    source.candidate = null;
    return [
      ...(candidate === null ? [] : this.#place(source, { epoch: undefined, metrics: candidate })),
      ...this.#place(source, record),
    ];
  }

  /** Takes metrics of the whole trial; the last of a name counts. */
  takeOnce(metrics: Metrics): Report[] {
    this.#final = { ...this.#final, ...metrics };
    return [];
  }

  /** The reports that are left when the program has ended. */
  finish(): Report[] {
    const last = Math.max(0, ...this.#sources.map(({ position }) => position));
    for (const { candidate, records, givesEpoch, rule } of this.#sources) {
      if (candidate !== null) this.takeOnce(candidate);
      if (records === 0 && candidate === null && rule.options.once !== true && this.#sources.length > 1)
        this.#notes.add(`Nothing was read from ${rule.label}.`);
      // A line of another source that comes once in many epochs is of none of them.
      const waiting = this.#waiting.get(1);
      if (records === 1 && !givesEpoch && last > 1 && this.#sources.length > 1 && waiting !== undefined)
        this.#separate(waiting);
    }
    return this.#release(Number.POSITIVE_INFINITY);
  }

  /** What belongs to the whole trial. */
  get once(): ReportedOnce {
    return { metrics: this.#final, notes: [...this.#notes] };
  }

  #separate(waiting: Record<string, number>): void {
    const others = new Set(
      [...this.#waiting].flatMap(([epoch, one]) => (epoch === 1 ? [] : Object.keys(one))),
    );
    for (const [name, value] of Object.entries(waiting)) {
      if (others.has(name)) continue;
      this.takeOnce({ [name]: value });
      delete waiting[name];
    }
  }

  #place(source: SourceProgress, record: SourceRecord): Report[] {
    const epoch = source.place(record);
    const { metrics, isStart } = record;
    if (source.isStrict && this.#sources.length === 1) {
      source.position = epoch;
      if (epoch > this.epochs) return this.#overrun(source);
      return [{ epoch, metrics }];
    }
    const reported = this.#reported?.epoch ?? 0;
    if (epoch < reported && !source.rule.mayRestart) return [{ epoch, metrics }]; // which is then refused
    if (epoch <= reported) this.#noteRepeated(source, epoch, metrics);
    else if (epoch <= this.epochs) this.#add(source, epoch, metrics);
    if (isStart) this.#starts.add(source);
    else this.#starts.delete(source);
    source.position = Math.max(source.position, epoch);
    const reading = this.#sources.filter(({ rule }) => rule.options.once !== true);
    const ready = this.#release(Math.min(...reading.map(({ completeUpTo }) => completeUpTo)));
    if (reading.every(({ position }) => position > this.epochs)) this.#overrun(source);
    return ready;
  }

  #add(source: SourceProgress, epoch: number, metrics: Metrics): void {
    const waiting = this.#waiting.get(epoch) ?? {};
    const isChanged = Object.entries(metrics).some(
      ([name, value]) => Object.hasOwn(waiting, name) && waiting[name] !== value,
    );
    if (isChanged && !this.#starts.has(source))
      this.#notes.add(
        `Several lines of an epoch were read from ${source.rule.label}; the last of each epoch counts.`,
      );
    this.#waiting.set(epoch, Object.assign(waiting, metrics));
    if (this.#waiting.size <= MAX_WAITING) return;
    const silent = this.#sources.find(({ position }) => position === 0)?.rule.label ?? 'a source';
    throw new TrialFailure(
      'bad-report',
      `${MAX_WAITING} epochs were reported while nothing was read from ${silent}. Check its place, or leave it out.`,
    );
  }

  #noteRepeated(source: SourceProgress, epoch: number, metrics: Metrics): void {
    const known = this.#reported?.epoch === epoch ? this.#reported.metrics : metrics;
    if (Object.entries(metrics).every(([name, value]) => Object.is(known[name], value))) return;
    this.#notes.add(
      `A later line of an epoch was read from ${source.rule.label}; the first of that epoch counts. Have the ` +
        'pattern match one line an epoch.',
    );
  }

  /** A program that is still at work after its last report is none of this: it may save a model, or measure it. */
  #overrun({ givesEpoch, epochs }: SourceProgress): Report[] {
    this.#isOver = true;
    // The program does what its parameters say, and what depends on their number is right.
    if (this.asked > this.epochs) return [];
    const unlessLonger = !givesEpoch
      ? 'If its last line is of no epoch but, say, a test score, have the pattern not match that line. Otherwise have'
      : epochs.offset === 1
        ? 'It counts from 0. If epoch 0 is measured before training, have it not report that epoch. Otherwise have'
        : 'Have';
    this.#notes.add(
      `The program reported more than the ${formatCount(this.epochs, 'epoch')} of its trial and was ended. ` +
        `${unlessLonger} it train for the number of epochs in FITFIRST_EPOCHS, since what depends on this number, ` +
        'such as a schedule of the learning rate, is otherwise wrong.',
    );
    return [];
  }

  #release(upTo: number): Report[] {
    const ready = [...this.#waiting.keys()].filter((epoch) => epoch <= upTo).sort((a, b) => a - b);
    return ready.flatMap((epoch) => {
      const metrics = this.#waiting.get(epoch) ?? {};
      this.#waiting.delete(epoch);
      if (Object.keys(metrics).length === 0) return [];
      this.#reported = { epoch, metrics };
      return [this.#reported];
    });
  }
}
