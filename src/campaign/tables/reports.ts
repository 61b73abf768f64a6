import { metricIn, type Report, type ReportColumns, reportsIn } from '../report.js';

/**
 * The reports of an attempt, in order of epoch. A list never changes: `push` returns another one. Numbers are kept
 * apart from names, since trials of a million reports exist, and an object a report takes ten times as much.
 */
export class Reports implements Iterable<Report> {
  static readonly EMPTY = new Reports([], [], 0, 0);

  /** The metrics of each report, in this order; null if the reports differ in their metrics. */
  readonly #names: readonly string[] | null;
  /**
   * For each report its epoch, then its metrics; or the reports themselves, if they differ. Shared by lists that go on
   * where another one ends, so that `push` copies nothing.
   */
  readonly #values: unknown[];
  /** Where the first report begins among the values. */
  readonly #start: number;
  readonly size: number;

  private constructor(names: readonly string[] | null, values: unknown[], start: number, size: number) {
    this.#names = names;
    this.#values = values;
    this.#start = start;
    this.size = size;
  }

  static of(reports: Iterable<Report>): Reports {
    let all = Reports.EMPTY;
    for (const report of reports) all = all.push(report);
    return all;
  }

  /**
   * Reports that all have these metrics: `count` of the values from `start` on have the epoch of each, followed by its
   * metrics. The array may grow afterwards, but these numbers must not change.
   */
  static fromNumbers(
    names: readonly string[],
    values: number[],
    start = 0,
    count = values.length - start,
  ): Reports {
    return new Reports(sharedNames(names), values, start, count / (names.length + 1));
  }

  push(report: Report): Reports {
    const { size } = this;
    if (size === 0) {
      const names = sharedNames(Object.keys(report.metrics));
      return new Reports(names, numbersOf(report, names), 0, 1);
    }
    const names = this.#names;
    if (names === null || !hasNames(report.metrics, names)) {
      const reports = names === null ? this.#ownValues(size) : this.toArray();
      reports.push(report);
      return new Reports(null, reports, 0, size + 1);
    }
    const values = this.#ownValues(size * (names.length + 1));
    values.push(report.epoch);
    for (const name of names) values.push(report.metrics[name]);
    return new Reports(names, values, 0, size + 1);
  }

  /** As `push` for each of several reports. */
  pushAll(columns: ReportColumns): Reports {
    const { size } = this;
    const { epochs, metrics } = columns;
    const names = size === 0 ? sharedNames(Object.keys(metrics)) : this.#names;
    if (names === null || !hasNames(metrics, names)) {
      let reports: Reports = this;
      for (const report of reportsIn(columns)) reports = reports.push(report);
      return reports;
    }
    const lists = names.map((name) => metrics[name] ?? []);
    const values: unknown[] = size === 0 ? [] : this.#ownValues(size * (names.length + 1));
    for (let place = 0; place < epochs.length; place++) {
      values.push(epochs[place]);
      for (const list of lists) values.push(list[place]);
    }
    return new Reports(names, size === 0 ? values.slice() : values, 0, size + epochs.length);
  }

  /** The report at a place, counted from 0; undefined if there is none. */
  at(place: number): Report | undefined {
    if (place < 0 || place >= this.size) return undefined;
    const names = this.#names;
    if (names === null) return this.#values[place] as Report;
    const start = place * (names.length + 1);
    const metrics: Record<string, number> = {};
    for (let i = 0; i < names.length; i++) metrics[names[i] ?? ''] = this.#number(start + 1 + i);
    return { epoch: this.#number(start), metrics };
  }

  /** The epoch of the report at a place; 0 if there is none. */
  epochAt(place: number): number {
    const names = this.#names;
    if (names === null || place < 0 || place >= this.size) return this.at(place)?.epoch ?? 0;
    return this.#number(place * (names.length + 1));
  }

  /** The report of an epoch; undefined if there is none. */
  ofEpoch(epoch: number): Report | undefined {
    let low = 0;
    for (let high = this.size; low < high; ) {
      const middle = (low + high) >>> 1;
      if (this.epochAt(middle) < epoch) low = middle + 1;
      else high = middle;
    }
    const report = this.at(low);
    return report?.epoch === epoch ? report : undefined;
  }

  last(): Report | undefined {
    return this.at(this.size - 1);
  }

  /** The reports up to an epoch. */
  upTo(epoch: number): Reports {
    let size = 0;
    while (size < this.size && this.epochAt(size) <= epoch) size += 1;
    return new Reports(this.#names, this.#values, this.#start, size);
  }

  /** The value of a metric in the report at a place; undefined if that report does not have it. */
  valueAt(place: number, metric: string): number | undefined {
    const names = this.#names;
    if (names === null || place >= this.size) return metricIn(this.at(place)?.metrics, metric);
    const column = names.indexOf(metric);
    return column === -1 ? undefined : this.#number(place * (names.length + 1) + 1 + column);
  }

  /** The names of all metrics, in the order in which they turn up. */
  names(): readonly string[] {
    return this.#names ?? [...new Set(this.toArray().flatMap(({ metrics }) => Object.keys(metrics)))];
  }

  /** What `fromNumbers` makes the same reports of; null if the reports differ in their metrics. */
  numbers(): { readonly names: readonly string[]; readonly values: readonly number[] } | null {
    const names = this.#names;
    if (names === null) return null;
    const start = this.#start;
    return { names, values: this.#values.slice(start, start + this.size * (names.length + 1)) as number[] };
  }

  /** Whether another list has the same reports. The order of metrics in a report does not count. */
  equals(other: Reports): boolean {
    if (this === other || this.size !== other.size) return this === other;
    for (let place = 0; place < this.size; place++)
      if (!isSameReport(this.at(place), other.at(place))) return false;
    return true;
  }

  toArray(): Report[] {
    return [...this];
  }

  *[Symbol.iterator](): Generator<Report> {
    for (let place = 0; place < this.size; place++) {
      const report = this.at(place);
      if (report !== undefined) yield report;
    }
  }

  /** The values, if nothing was added after this list's; else a copy. */
  #ownValues(length: number): unknown[] {
    const start = this.#start;
    const isOwn = start === 0 && this.#values.length === length;
    return isOwn ? this.#values : this.#values.slice(start, start + length);
  }

  #number(place: number): number {
    const value = this.#values[this.#start + place];
    return typeof value === 'number' ? value : Number.NaN;
  }
}

/** In an array that V8 keeps as plain doubles without spare room. */
function numbersOf({ epoch, metrics }: Report, names: readonly string[]): number[] {
  const values: number[] = [];
  values.push(epoch);
  for (const name of names) values.push(metrics[name] ?? Number.NaN);
  return values.slice();
}

function hasNames(metrics: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  let count = 0;
  for (const name in metrics) if (names[count++] !== name) return false;
  return count === names.length;
}

function isSameReport(a: Report | undefined, b: Report | undefined): boolean {
  if (a?.epoch !== b?.epoch) return false;
  const metrics = Object.entries(a?.metrics ?? {});
  return (
    metrics.length === Object.keys(b?.metrics ?? {}).length &&
    metrics.every(([name, value]) => metricIn(b?.metrics, name) === value)
  );
}

let lastNames: readonly string[] = [];

/** Trials of a campaign report the same metrics, as a rule: one list of names serves them all. */
function sharedNames(names: readonly string[]): readonly string[] {
  const isSame = names.length === lastNames.length && names.every((name, i) => name === lastNames[i]);
  if (!isSame) lastNames = names;
  return lastNames;
}
