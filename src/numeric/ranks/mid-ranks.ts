/** Ranks of values, with the sizes of groups of equal values. */
export interface MidRanks {
  /** The rank of each value, from 1 for the smallest. Equal values share the mean of their ranks. */
  readonly ranks: readonly number[];
  /** How many values each group of equal values has; groups of one are left out. */
  readonly ties: readonly number[];
}

/** Ranks values, none of which is NaN. Infinite values are equal to each other. */
export function midRanks(values: readonly number[]): MidRanks {
  const order = values.map((value, place) => ({ value, place })).sort(byValue);
  const ranks = new Array<number>(values.length).fill(0);
  const ties: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && order[end]?.value === order[start]?.value) end += 1;
    for (const { place } of order.slice(start, end)) ranks[place] = (start + 1 + end) / 2;
    if (end - start > 1) ties.push(end - start);
    start = end;
  }
  return { ranks, ties };
}

/** Not by the difference, which is NaN for two infinite values. */
function byValue(a: { readonly value: number }, b: { readonly value: number }): number {
  if (a.value === b.value) return 0;
  return a.value < b.value ? -1 : 1;
}
