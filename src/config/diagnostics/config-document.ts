import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { ConfigPath, Diagnostic, FilePlace, Place } from './diagnostic.js';

/** A config file as it was written: its value, and where each part of it stands. */
export interface ConfigDocument {
  /** Plain JSON-like data; null where the text could not be read. */
  readonly value: unknown;
  /** Mistakes of the text itself, as in a missing bracket. */
  readonly problems: readonly Diagnostic[];
  /** Line and column, from 1, of a key or value; of what encloses it where it is not there. */
  placeOf(path: ConfigPath, at: 'key' | 'value'): Place;
  /** True where a number is written as a whole one: `1`, and neither `1.0` nor `1e0`. */
  isWrittenWhole(path: ConfigPath): boolean;
  /** The numbers below the entries of a mapping, by the names of the entries, as they are spelled. */
  writtenNumbers(path: ConfigPath): readonly WrittenNumber[];
}

/** A number of a config and its text there. */
export interface WrittenNumber {
  readonly name: string;
  readonly value: number;
  readonly source: string;
}

/** Aliases that a file may expand to: more is no config, but a way to fill memory. */
const MAX_ALIASES = 100;

/** Mistakes of syntax that are shown. */
const MAX_SYNTAX_PROBLEMS = 10;

const tooDeep = 'lists and mappings are nested too deeply';

/** Reads YAML 1.2, of which JSON is a part. Mistakes are in `problems`; nothing is thrown. */
export function parseConfig(text: string): ConfigDocument {
  const lines = new LineCounter();
  const positionAt = (offset: number): FilePlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    // The parser recurses, so brackets can be nested too deeply for its stack.
    if (!(error instanceof RangeError)) throw error;
    return unreadable(tooDeep);
  }
  if (document.errors.some(({ message }) => /call stack/i.test(message))) return unreadable(tooDeep);
  const written = text.split('\n');
  const problems: Diagnostic[] = withoutEchoes([...document.errors, ...document.warnings]).map((mistake) => {
    const place = positionAt(mistake.pos[0]);
    const line = written[place.line - 1] ?? '';
    return { place, sentence: syntaxSentence(mistake.code, mistake.message, line, place.column - 1) };
  });
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const place = positionAt(alias.range?.[0] ?? 0);
      problems.push({
        place,
        sentence: `*${alias.source} refers to an anchor &${alias.source} that is not above it.`,
      });
    },
  });
  if (problems.length > 0) return { ...unreadable(''), problems: firstOf(problems) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    return unreadable('aliases expand to too much, or to themselves');
  }

  const nodeAt = (path: ConfigPath): { key: Node | null; value: Node | null } | null => {
    let key: Node | null = null;
    let node: Node | null = document.contents;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(document) ?? null;
      if (isMap<Node, Node | null>(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (pair === undefined) return null;
        key = pair.key;
        node = pair.value;
      } else if (isSeq<Node | null>(node) && typeof step === 'number' && step < node.items.length) {
        node = node.items[step] ?? null;
        key = node;
      } else return null;
    }
    return { key, value: node };
  };

  return {
    value,
    problems,
    placeOf(path, at) {
      for (let length = path.length; length >= 0; length--) {
        const found = nodeAt(path.slice(0, length));
        if (found === null) continue;
        const wanted = at === 'value' && length === path.length ? found.value : found.key;
        const range = (wanted ?? found.key)?.range;
        if (range) return positionAt(range[0]);
      }
      return { line: 1, column: 1 };
    },
    isWrittenWhole(path) {
      const found = nodeAt(path);
      const node = isAlias(found?.value) ? found.value.resolve(document) : found?.value;
      return isScalar(node) && Number.isInteger(node.value) && !/[.eE]/.test(node.source ?? '');
    },
    writtenNumbers(path) {
      const mapping = nodeAt(path)?.value;
      if (!isMap<Node, Node | null>(mapping)) return [];
      return mapping.items.flatMap(({ key, value: node }) =>
        isScalar(key) && node !== null ? numbersBelow(String(key.value), node) : [],
      );
    },
  };
}

/** Numbers in decimal digits; hexadecimal ones and the like are for YAML alone. */
const DECIMAL = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

function numbersBelow(name: string, node: Node): WrittenNumber[] {
  const found: WrittenNumber[] = [];
  visit(node, {
    Scalar(_, { value, source }) {
      if (typeof value === 'number' && source !== undefined && DECIMAL.test(source))
        found.push({ name, value, source });
    },
  });
  return found;
}

function unreadable(sentence: string): ConfigDocument {
  const place = { line: 1, column: 1 };
  return {
    value: null,
    problems: [{ place, sentence: `${sentence}.` }],
    placeOf: () => place,
    isWrittenWhole: () => false,
    writtenNumbers: () => [],
  };
}

/** A value that is indented wrongly is also taken for a second key on its line. */
function withoutEchoes<Found extends { readonly code: string; readonly pos: readonly number[] }>(
  mistakes: readonly Found[],
): Found[] {
  return mistakes.filter(
    ({ code, pos }) =>
      code !== 'BLOCK_AS_IMPLICIT_KEY' ||
      !mistakes.some((other) => other.code === 'MULTILINE_IMPLICIT_KEY' && other.pos[0] === pos[0]),
  );
}

/** A bracket without its end makes an error of every token after it, which would hide the first ones. */
function firstOf(problems: readonly Diagnostic[]): Diagnostic[] {
  if (problems.length <= MAX_SYNTAX_PROBLEMS) return [...problems];
  const [next] = problems.slice(MAX_SYNTAX_PROBLEMS);
  const more = problems.length - MAX_SYNTAX_PROBLEMS;
  const sentence = `${more} more mistakes from here on, which the ones above may have caused. Fix those first.`;
  return [...problems.slice(0, MAX_SYNTAX_PROBLEMS), ...(next ? [{ place: next.place, sentence }] : [])];
}

/** The parser's message as one sentence, with what to do where it does not say. */
function syntaxSentence(code: string, message: string, line: string, at: number): string {
  const text = message.replace(/\s+/g, ' ').trim();
  const [, bracket] = /end with a ([\]}])/.exec(text) ?? [];
  if (bracket !== undefined)
    return (
      `no closing ${bracket} was found. Close the ${bracket === ']' ? 'list' : 'mapping'} with ${bracket}; if it ` +
      'goes on over several lines, indent them.'
    );
  switch (code) {
    case 'DUPLICATE_KEY':
      return (
        `key ${/^["']?([^"':]+)/.exec(line.slice(at))?.[1]?.trim() ?? ''} is there twice, here ` +
        'and above. Keep one of the two.'
      );
    case 'TAB_AS_INDENT':
      return 'tabs are not allowed as indentation. Use spaces.';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here (---). A config is one document.';
    case 'MISSING_CHAR':
      return `not valid YAML: ${text.replace(/^Missing closing (.)quote$/, 'no closing $1 was found')}.`;
    case 'MULTILINE_IMPLICIT_KEY':
      return (
        'the lines below are indented further than this value allows. Keys of one mapping begin ' +
        'in the same column.'
      );
    case 'BLOCK_AS_IMPLICIT_KEY':
      if (/^\s*[\w$-]+:[^\s]/.test(line)) return 'a space is missing after the first ":" of this line.';
      return 'a second ": " on one line. Put the text in quotes, or the inner mapping on a line of its own.';
    default:
      return `not valid YAML: ${text.charAt(0).toLowerCase()}${text.slice(1).replace(/\.$/, '')}.`;
  }
}
