import { stripVTControlCharacters } from 'node:util';
import { textWidth } from '../../text/text-width.js';

/** Columns and rows of a terminal. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** What a terminal shows: the lines drawn last, and its size then. */
export interface Shown extends TerminalSize {
  readonly lines: readonly string[];
}

const control = '\u001b[';
const clearAll = `${control}2J`;
const clearToEnd = `${control}0m${control}K`;
/** What stands between these appears at once, where the terminal knows them; others pass over them. */
const atOnce = [`${control}?2026h`, `${control}?2026l`] as const;

/**
 * What to write so that a terminal shows the frame: the lines that changed, each at its own place, so that nothing
 * flickers; all of them, on cleared ground, after the terminal changed its size or when it is unknown what it shows.
 * Empty where nothing changed. Lines beyond the last row are left out.
 */
export function paint(before: Shown | null, frame: string, { columns, rows }: TerminalSize): string {
  const known = before !== null && before.columns === columns && before.rows === rows ? before.lines : null;
  const lines = linesOf(frame, rows);
  const count = Math.max(lines.length, known?.length ?? 0);
  let text = known === null ? clearAll : '';
  for (let row = 0; row < count; row++) {
    const line = lines[row] ?? '';
    if (line === (known === null ? '' : (known[row] ?? ''))) continue;
    // Past the last column there is nothing to clear, and some terminals would clear that column.
    const full = textWidth(stripVTControlCharacters(line)) >= columns;
    text += `${control}${row + 1};1H${line}${full ? `${control}0m` : clearToEnd}`;
  }
  return text === '' ? '' : atOnce[0] + text + atOnce[1];
}

/** The frame in lines, as many as there are rows. */
export function linesOf(frame: string, rows: number): string[] {
  return frame.split('\n').slice(0, rows);
}
