import { excerpt, isDrawing, type LineReading } from './report-line.js';

/**
 * Reads a line of JSON: an object of numbers by name. What JSON has no form for is taken as the languages write
 * it: `NaN` and `Infinity` as Python's json does, and `null` for a number that JavaScript's could not write.
 */
export function readJsonLine(text: string): LineReading {
  if (text.trim() === '' || isDrawing(text)) return { kind: 'other' };
  if (isTooDeep(text)) {
    return { kind: 'bad', message: `The report ${excerpt(text)} is nested too deeply; ${EXPECTED}.` };
  }
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const hint = pythonDict.test(text)
      ? ' Python prints a dict so: print json.dumps(...) of it, or read it by a pattern.'
      : '';
    return {
      kind: 'bad',
      message: `The report ${excerpt(text)} is no JSON object; ${EXPECTED}.${hint}`,
    };
  }
  const once = onceIn(value);
  if (once !== null) return { kind: 'once', metrics: once };
  const numbers = Object.entries(value).map(([name, entry]) => [name, entry === null ? Number.NaN : entry]);
  return { kind: 'reports', reports: [Object.fromEntries(numbers)] };
}

/** The key under which `final()` of the helper for Python reports metrics of the whole trial. */
const FINAL_KEY = 'fitfirst_final';

/** Metrics of the whole trial; null if the line has none. What is no number is NaN, as in other reports. */
function onceIn(value: object): Record<string, number> | null {
  const final: unknown = Object.hasOwn(value, FINAL_KEY) ? Reflect.get(value, FINAL_KEY) : null;
  if (typeof final !== 'object' || final === null) return null;
  const entries = Object.entries(final);
  return Object.fromEntries(entries.map(([name, one]) => [name, typeof one === 'number' ? one : Number.NaN]));
}

const EXPECTED = 'expected a line such as {"epoch": 1, "val_loss": 0.5}';

/** Levels of brackets in a report; numbers by name need one. */
const MAX_DEPTH = 100;

/** Checked before parsing, since the parser recurses. Brackets in strings count too, which does no harm. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[{\]}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** How a dict begins that was printed without json. */
const pythonDict = /^\s*\{\s*'/;

/** Reads a line of standard output: only one that begins like an object is meant as a report. */
export function readOutputJsonLine(text: string): LineReading {
  return text.trimStart().startsWith('{') ? readJsonLine(text) : { kind: 'other' };
}

/** Reads JSON as `readJsonLine` does; undefined if it is none, or is nested too deeply. */
export function parseJsonText(text: string): unknown {
  return isTooDeep(text) ? undefined : parse(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseLenient(text);
  }
}

/** Strings are stepped over, so that only bare words are replaced; 1e999 is read as Infinity. */
const stringOrWord = /"(?:[^"\\]|\\.)*"|(-?)\b(NaN|nan|Infinity|inf)\b/g;

function parseLenient(text: string): unknown {
  const replaced = text.replaceAll(
    stringOrWord,
    (found, sign: string | undefined, word: string | undefined) =>
      word === undefined ? found : `${sign ?? ''}1e999`,
  );
  try {
    return JSON.parse(replaced);
  } catch {
    return undefined; // no JSON, which is for the caller to say
  }
}
