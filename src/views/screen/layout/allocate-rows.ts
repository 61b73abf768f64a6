/** A wish for some rows: a block that is shown whole or not at all, or one more row of a list. */
export interface RowRequest<Section extends string> {
  readonly section: Section;
  readonly rows: number;
}

/** This number of requests for one row each. */
export function each<Section extends string>(section: Section, count: number): RowRequest<Section>[] {
  return Array.from({ length: Math.max(0, count) }, () => ({ section, rows: 1 }));
}

/**
 * Shares out the rows of a terminal: the wishes are granted in their order, the most important first, and one that
 * does not fit any more is passed over. Never grants more rows than there are.
 */
export function allocateRows<Section extends string>(
  rows: number,
  wishes: readonly RowRequest<Section>[],
): (section: Section) => number {
  const granted = new Map<Section, number>();
  let left = rows;
  for (const wish of wishes) {
    if (wish.rows > left) continue;
    left -= wish.rows;
    granted.set(wish.section, (granted.get(wish.section) ?? 0) + wish.rows);
  }
  return (section) => granted.get(section) ?? 0;
}
