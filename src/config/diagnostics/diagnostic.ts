/** Where in a config: keys and indices from the root. */
export type ConfigPath = readonly (string | number)[];

/** Where in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One mistake in a config file, as a sentence that stands alone. */
export interface Diagnostic {
  readonly place: Place;
  readonly sentence: string;
}

/** The problems in the order of the file, one a line: `path:line:column  sentence`. Equal lines come once. */
export function diagnosticLines(file: string, problems: readonly Diagnostic[]): string {
  const sorted = [...problems].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const lines = sorted.map(
    ({ place, sentence }) => `${file}:${place.line}:${place.column}  ${printable(sentence)}`,
  );
  return [...new Set(lines)].join('\n');
}

/** The text on one line, without characters that would steer a terminal. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `"text"`, cut where it is long. */
export function quoted(text: string): string {
  const characters = [...text];
  return `"${characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text}"`;
}

/** A path for people: `parameters.hidden.values[2]`. */
export function formatPath(path: ConfigPath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join('');
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(items: readonly string[], conjunction: 'and' | 'or'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}
