import { FitfirstError } from '../campaign/fitfirst-error.js';

/** Characters that move a terminal's cursor, colour its text or turn its direction, and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const MAX_SHOWN = 60;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

/** Text from outside, safe to print: unprintable characters as \t, \n, \r or \uXXXX. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const short = SHORT_ESCAPES.get(character);
    if (short !== undefined) return short;
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** Text from outside in double quotes, safe to print, cut where it is long. */
export function quoted(text: string): string {
  const characters = [...text];
  const cut = characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN - 1).join('')}…` : text;
  return `"${printable(cut)}"`;
}

/** `1 row`, `2 rows`, `1,599 rows`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

/** A whole number with commas between thousands. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], conjunction = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

/** Where in a file: line and cell are counted from 1; a cell may be the whole line's. */
export function placed(path: string, line: number, cell: number): string {
  return `${printable(path)}:${line}:${cell}`;
}

export function dataError(message: string, options?: ErrorOptions): FitfirstError {
  return new FitfirstError('DATA_INVALID', message, options);
}
