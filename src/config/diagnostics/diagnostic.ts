import { escapeControls } from '../../text/quote.js';

/** Where in a config: keys and indices from the root. */
export type ConfigPath = readonly (string | number)[];

/** Where in a config: in its file, counted from 1, or by a path if the config is an object of a program. */
export type Place = FilePlace | { readonly path: string };

export interface FilePlace {
  readonly line: number;
  readonly column: number;
}

/** One mistake in a config file, as a sentence that stands alone. */
export interface Diagnostic {
  readonly place: Place;
  readonly sentence: string;
}

/**
 * The problems, one a line. Those of a file come in its order, as `file:line:column  sentence`; those of an object as
 * `parameters.hidden  sentence`. Equal lines come once.
 */
export function diagnosticLines(file: string, problems: readonly Diagnostic[]): string {
  const lines = [...problems]
    .sort((a, b) => inFileOrder(a.place, b.place))
    .map(({ place, sentence }) => `${formatPlace(file, place)}  ${escapeControls(sentence)}`);
  return [...new Set(lines)].join('\n');
}

function inFileOrder(a: Place, b: Place): number {
  return 'path' in a || 'path' in b ? 0 : a.line - b.line || a.column - b.column;
}

function formatPlace(file: string, place: Place): string {
  if ('path' in place) return escapeControls(place.path === '' ? file : place.path);
  return `${file}:${place.line}:${place.column}`;
}

/** A path for people: `parameters.hidden.values[2]`. */
export function formatPath(path: ConfigPath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join('');
}
