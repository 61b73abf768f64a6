import { wilsonInterval } from '../../src/evaluation/intervals.js';

export const TEST_IMAGES = 10_000;

/** The share of test images that are taken for another digit, in percent, with its 95 % interval. */
export function errorText(wrong: number): string {
  const percent = (share: number): string => (100 * share).toFixed(2);
  const { value, low, high } = wilsonInterval(wrong, TEST_IMAGES);
  const [from, to] = [low ?? Number.NaN, high ?? Number.NaN];
  return `${percent(value)} % (${percent(from)} to ${percent(to)})`;
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [cells(head), `|${'---|'.repeat(head.length)}`, ...rows.map(cells)].join('\n');
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}
