import type { TimedAttempt } from '../../model/attempts/timed-attempt.js';

/** Stretches of time that a picture shows of all workers together, at most. */
const MAX_PARTS = 390;

/** A stretch of time of a worker. Times are milliseconds since 1970. */
export interface BusyPart {
  readonly worker: number;
  readonly from: number;
  readonly to: number;
  /** The share of the time that it was busy. */
  readonly busy: number;
  /** Attempts that ended in it. */
  readonly attempts: number;
}

/** How busy each worker was in stretches of equal length; those in which it did nothing are left out. */
export function busyParts(
  attempts: readonly TimedAttempt[],
  { from, to }: { readonly from: number; readonly to: number },
): BusyPart[] {
  const workers = new Set(attempts.map(({ worker }) => worker)).size;
  const count = Math.max(20, Math.min(200, Math.floor(MAX_PARTS / workers)));
  const length = Math.max(1, (to - from) / count);
  const rows = new Map<number, { busy: number[]; attempts: number[] }>();
  for (const { worker, started, ended } of attempts) {
    const row = rows.get(worker) ?? { busy: Array(count).fill(0), attempts: Array(count).fill(0) };
    rows.set(worker, row);
    const [begin, end] = [Math.max(from, started), Math.min(to, ended ?? to)];
    const last = Math.min(count - 1, Math.floor((end - from) / length));
    for (let part = Math.floor((begin - from) / length); part <= last; part++) {
      const start = from + part * length;
      const inside = Math.min(end, start + length) - Math.max(begin, start);
      row.busy[part] = (row.busy[part] ?? 0) + Math.max(0, inside);
    }
    row.attempts[last] = (row.attempts[last] ?? 0) + 1;
  }
  return [...rows].flatMap(([worker, { busy, attempts: ended }]) =>
    busy.flatMap((time, part) => {
      const start = from + part * length;
      const one = { worker, from: start, to: start + length, busy: Math.min(1, time / length) };
      return time === 0 ? [] : [{ ...one, attempts: ended[part] ?? 0 }];
    }),
  );
}
