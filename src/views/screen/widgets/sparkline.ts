const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * A curve in one line of at most `width` columns, from its own smallest to its own largest value. Longer curves show
 * the last value of each stretch; what is not finite is left blank.
 */
export function sparkline(values: readonly number[], width: number): string {
  const cells = Math.min(width, values.length);
  const picked = Array.from(
    { length: cells },
    (_, i) => values[Math.ceil(((i + 1) * values.length) / cells) - 1] ?? Number.NaN,
  );
  const finite = picked.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return picked.map((value) => block(high === low ? 0 : (value - low) / (high - low))).join('');
}

/** One column, filled by a share from 0 to 1. */
export function block(share: number): string {
  if (!Number.isFinite(share)) return ' ';
  const place = Math.round(share * (blocks.length - 1));
  return blocks[Math.min(blocks.length - 1, Math.max(0, place))] ?? ' ';
}
