import type { Dataset } from '../dataset.js';
import { partsOf } from './split.js';

/** Rows below which a share is not taken. */
const MIN_ROWS = 200;

/**
 * The first rows of a data set, about this share of them, split by chance into parts that are to each other as those of
 * all rows: for what takes as long a row as the whole does, and learns nothing that counts. Shares its memory.
 */
export function subsample(dataset: Dataset, share: number, seed: number): Dataset {
  const parts = partsOf(dataset, seed, 1);
  const all = dataset.rows;
  const rows = Math.min(dataset.testFrom, Math.max(MIN_ROWS, Math.ceil(share * all)));
  if (dataset.split.kind === 'none') return { ...dataset, rows, testFrom: rows };
  const split = {
    kind: 'shares',
    validation: parts.validation.length / all,
    test: parts.test.length / all,
  } as const;
  return { ...dataset, rows, testFrom: rows, split, splitNumbers: null };
}
