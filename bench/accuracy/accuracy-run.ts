import { z } from 'zod';

export const OWN_NAME = 'fitfirst';

/** What came of one split of one table. */
export const accuracyRunSchema = z.strictObject({
  table: z.string(),
  split: z.int().min(1),
  task: z.enum(['classification', 'regression']),
  rows: z.int(),
  inputs: z.int(),
  /**
   * By name, of fitfirst and each peer: the share of test rows that are right, or the root mean squared error; null
   * where a peer failed.
   */
  scores: z.record(z.string(), z.number().nullable()),
  /** The smallest size that fits; null where none does. */
  fitted: z.string().nullable(),
  /** What ended growth; `limit` is a limit on its cost, trials or size. */
  growthEnded: z.enum(['fit', 'plateau', 'limit']),
  chosen: z.string(),
  /** The setting of the strict advice, where it is another one. */
  strict: z.string().nullable(),
  /** The gain of dropout in the validation metric with its 95 % interval. */
  gain: z.tuple([z.number(), z.number().nullable(), z.number().nullable()]).nullable(),
  /** The test scores of the committee's first network alone, by name; null if a single network is handed over. */
  single: z.record(z.string(), z.number()).nullable(),
  /** How much better the committee is, by score; above 0 is better. */
  committeeGain: z.record(z.string(), z.number()).nullable(),
  trials: z.int(),
  /** Seconds of processor time of the campaign and of each peer. */
  processor: z.record(z.string(), z.number()),
});

export type AccuracyRun = z.output<typeof accuracyRunSchema>;

/** The rank of each name on a split, from 1; equal scores share the mean of their ranks. A failed peer is last. */
export function ranksOf({ scores, task }: AccuracyRun): Map<string, number> {
  const cost = (name: string): number => {
    const value = scores[name] ?? null;
    return value === null ? Number.POSITIVE_INFINITY : task === 'classification' ? -value : value;
  };
  const names = Object.keys(scores);
  return new Map(
    names.map((name) => {
      const better = names.filter((other) => cost(other) < cost(name)).length;
      const equal = names.filter((other) => cost(other) === cost(name)).length;
      return [name, better + (equal + 1) / 2];
    }),
  );
}
