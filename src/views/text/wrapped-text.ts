import { textWidth } from './text-width.js';

/** The text cut to at most `width` columns, an ellipsis at the end where anything was cut. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width < 1) return '';
  let cut = '';
  let taken = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = textWidth(segment);
    if (taken + next > width - 1) break;
    cut += segment;
    taken += next;
  }
  return `${cut}…`;
}

/** The text cut or filled up with spaces to exactly `width` columns. */
export function fitText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = cutText(text, width);
  const space = ' '.repeat(Math.max(0, width - textWidth(cut)));
  return align === 'left' ? cut + space : space + cut;
}

/** The text in lines of at most `width` columns, broken between words; longer words are broken anywhere. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((long) => pieces(long, Math.max(1, width)))) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (textWidth(joined) <= width) line = joined;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** The same for items with commas between them: a line ends within an item only where it is longer than a line. */
export function wrapList(text: string, width: number): string[] {
  const unbroken = text.replace(/(?<!,) /g, noBreak);
  return wrapText(unbroken, width).map((line) => line.replaceAll(noBreak, ' '));
}

const noBreak = '\u00a0';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function pieces(word: string, width: number): string[] {
  if (textWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of graphemes.segment(word)) {
    if (part !== '' && textWidth(part + segment) > width) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}
