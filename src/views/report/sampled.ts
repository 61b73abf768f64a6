/**
 * At most `max` of the items, evenly spread over their order, the first and the last among them. All of them if they
 * are no more than that.
 */
export function sampled<Item>(items: ArrayLike<Item>, max: number): readonly Item[] {
  if (items.length <= max) return Array.from(items);
  const step = (items.length - 1) / Math.max(1, max - 1);
  return Array.from({ length: max }, (_, i) => items[Math.round(i * step)]).filter(
    (item): item is Item => item !== undefined,
  );
}
