import { EpochCount } from '../../../execution/epoch-count.js';
import { type SourceRecord, wholeEpoch } from './source-numbers.js';
import type { Completion, SourceRule } from './source-rule.js';

/** How far one source has been read in one trial. */
export class SourceProgress {
  /** The epoch of its last record; 0 before the first. */
  position = 0;
  records = 0;
  /** Whether a record gave its epoch. */
  givesEpoch = false;
  /** Metrics of records that gave no epoch and named nothing that was named before: perhaps of the whole trial. */
  candidate: Readonly<Record<string, number>> | null = null;
  readonly #names = new Set<string>();
  #completion: Completion;
  #linesOfFirst = 0;

  constructor(
    readonly rule: SourceRule,
    readonly epochs = new EpochCount(),
  ) {
    this.#completion = rule.completion;
  }

  /** The last epoch of which no more is to come from this source. */
  get completeUpTo(): number {
    return this.#completion === 'held' || this.#completion === 'eager' ? this.position - 1 : this.position;
  }

  /** Whether each record is a report as it comes. */
  get isStrict(): boolean {
    return this.rule.completion === 'at-once';
  }

  /** Whether none of the names was in a record before. */
  isNews(metrics: SourceRecord['metrics']): boolean {
    return this.records > 0 && Object.keys(metrics).every((name) => !this.#names.has(name));
  }

  /** The epoch of a record, from 1. */
  place({ epoch, metrics }: SourceRecord): number {
    this.records += 1;
    if (epoch !== undefined) this.givesEpoch = true;
    for (const name of Object.keys(metrics)) this.#names.add(name);
    const whole = epoch === undefined || this.isStrict ? epoch : wholeEpoch(epoch);
    const placed = this.epochs.next(whole);
    if (this.#completion === 'eager') this.#settleCompletion(epoch === undefined, placed);
    return placed;
  }

  /** Lines that give no epoch are an epoch each. Of others the first epoch shows it. */
  #settleCompletion(isCounted: boolean, epoch: number): void {
    if (isCounted) this.#completion = 'at-once';
    else if (this.position === 0 || epoch === this.position) this.#linesOfFirst += 1;
    else this.#completion = this.#linesOfFirst === 1 ? 'at-once' : 'held';
  }
}
