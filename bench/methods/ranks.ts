/** A quantile by linear interpolation. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below === above ? below : below + (at - Math.floor(at)) * (above - below);
}

/** The mean rank of each method, from its values for each seed; equal values share their ranks. */
export function meanRanks(methods: readonly (readonly number[])[]): number[] {
  const seeds = methods[0]?.length ?? 0;
  const ranks = methods.map(() => 0);
  for (let seed = 0; seed < seeds; seed++) {
    const values = methods.map((one) => one[seed] ?? Number.NaN);
    for (const [m, value] of values.entries()) {
      const below = values.filter((other) => other < value).length;
      const equal = values.filter((other) => other === value).length;
      ranks[m] = (ranks[m] ?? 0) + below + (equal + 1) / 2;
    }
  }
  return ranks.map((sum) => sum / seeds);
}

/** The rows of a table in Markdown. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  return [head, head.map(() => '---'), ...rest].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
