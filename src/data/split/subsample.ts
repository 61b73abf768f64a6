import type { Dataset } from '../dataset.js';
import { partsOf } from './split.js';

/** The minimum number of rows. */
const MIN_ROWS = 200;

/**
 * The first rows of a data set, about this share of them, split at random in the proportions of all rows. For
 * estimates whose cost a row is that of the whole and whose results do not count. Shares the memory of the data set.
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
