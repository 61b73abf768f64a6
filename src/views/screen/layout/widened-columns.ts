import { escapeControls } from '../../../text/quote.js';
import { textWidth } from '../../text/text-width.js';

/** The widths of columns, with as many of them as wide as their names as the spare columns of the screen allow. */
export function widenedColumns(
  widths: readonly number[],
  names: readonly string[],
  spare: number,
): readonly number[] {
  const widened = [...widths];
  const narrow = names
    .map((name, i) => ({ i, by: textWidth(escapeControls(name)) - (widths[i] ?? 0) }))
    .filter(({ by }) => by > 0)
    .sort((a, b) => a.by - b.by);
  let left = spare;
  for (const { i, by } of narrow) {
    if (by > left) break;
    left -= by;
    widened[i] = (widths[i] ?? 0) + by;
  }
  return widened;
}
