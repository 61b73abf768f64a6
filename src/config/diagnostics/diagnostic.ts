import { escapeControls } from '../../text/quote.js';

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
    ({ place, sentence }) => `${file}:${place.line}:${place.column}  ${escapeControls(sentence)}`,
  );
  return [...new Set(lines)].join('\n');
}

/** A path for people: `parameters.hidden.values[2]`. */
export function formatPath(path: ConfigPath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join('');
}
