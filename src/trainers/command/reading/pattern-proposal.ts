import { stripVTControlCharacters } from 'node:util';
import { patternReader } from './report-pattern.js';

/** A pattern for the lines of a log that look like reports. */
export interface PatternProposal {
  readonly pattern: string;
  /** The first line that it reads, and its place in the log, from 1. */
  readonly line: string;
  readonly place: number;
}

/** A number in a line, with the words before it. */
interface LabelledNumber {
  readonly name: string | null;
  /** The text from the label's first letter to the number. */
  readonly label: string;
  readonly labelStart: number;
  readonly start: number;
  readonly end: number;
}

const number = /(?<![\w.])[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|nan\b|inf(?:inity)?\b)/gi;
/** A name and what joins it to its number: `loss: `, `'val_loss': '`, `acc=`, `[`. */
const labelBefore = /([A-Za-z][\w/.-]*(?:'s \w+)?)(['"]?\s*[:=]*\s*['"[]?)$/;
/** Words that say nothing by themselves, and those that say of which rows a number is. */
const fillers =
  /^(?:of|in|at|and|the|is|for|to|with|per|from|took|eta|time|elapsed|remaining|total|lr|it|s|ms|sec|seconds)$/i;
const rowsWord = /(?:^|[^A-Za-z])(train|training|val|valid|validation|test|eval|held[ -]out)[ -]$/i;
const epochWords = /^(?:epochs?|ep|iter|iteration|round|boosting_round)$/i;
const metricWords = new RegExp(
  /loss|acc|err|mse|mae|auc|f1|r2|score|perplexity|ppl|precision|recall/.source +
    /|(?:^|_)l[12]$|^(?:learn|train|test|val|valid)$/.source,
  'i',
);
const validationWords = /val|test|eval|held/i;

/** The most regular kind of line that reads like a report, as a pattern; null where there is none. */
export function proposePattern(lines: readonly string[]): PatternProposal | null {
  const kinds = new Map<string, { readonly line: string; readonly place: number; count: number }>();
  for (const [index, text] of lines.entries()) {
    const line = plain(text);
    const kind = line
      .replaceAll(number, '0')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/[^\x20-\x7e]+/g, '');
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, { line, place: index + 1, count: 1 });
    else known.count += 1;
  }
  const ranked = [...kinds.values()]
    .map((kind) => ({ ...kind, parts: labelled(kind.line) }))
    .filter(({ parts }) => parts.some(({ name }) => name !== null && metricWords.test(name)))
    .sort((a, b) => worth(b) - worth(a));
  for (const { line, place, parts } of ranked) {
    const pattern = patternOf(line, parts);
    if (pattern !== null && reads(pattern, line)) return { pattern, line: line.trim(), place };
  }
  return null;
}

const plain = (text: string): string => stripVTControlCharacters(text).replaceAll('\r', '');

/** Lines that tell of an epoch, and of rows held out, and that come again and again, are the likeliest reports. */
function worth({
  parts,
  count,
}: {
  readonly parts: readonly LabelledNumber[];
  readonly count: number;
}): number {
  const names = parts.flatMap(({ name }) => name ?? []);
  const tellsEpoch = names.includes('epoch') ? 4 : 0;
  const tellsHeldOut = names.some((name) => validationWords.test(name) && metricWords.test(name)) ? 8 : 0;
  return tellsEpoch + tellsHeldOut + Math.min(count, 3);
}

function labelled(line: string): LabelledNumber[] {
  const found: LabelledNumber[] = [];
  const names = new Set<string>();
  let from = 0;
  for (const match of line.matchAll(number)) {
    const start = match.index;
    const before = line.slice(from, start);
    const end = start + match[0].length;
    const part =
      from === 0 && isLeading(before, line.slice(end)) ? leading(before, start) : labelOf(before, start);
    const name = part.name !== null && names.has(part.name) ? null : part.name;
    if (name !== null) names.add(name);
    found.push({ ...part, name, start, end });
    from = end;
  }
  return found;
}

/** A line that begins with `[10]` or `10:` counts its rounds so. */
function isLeading(before: string, rest: string): boolean {
  return /^\s*\[$/.test(before) ? rest.startsWith(']') : before === '' && /^:\s/.test(rest);
}

function leading(before: string, start: number): Omit<LabelledNumber, 'start' | 'end'> {
  const label = before.trimStart();
  return { name: 'epoch', label, labelStart: start - label.length };
}

function labelOf(before: string, start: number): Omit<LabelledNumber, 'start' | 'end'> {
  const match = labelBefore.exec(before);
  const [, word = '', joint = ''] = match ?? [];
  if (match === null || fillers.test(word)) return { name: null, label: '', labelStart: start };
  const rows = rowsWord.exec(before.slice(0, match.index))?.[0].replace(/^[^A-Za-z]/, '') ?? '';
  const label = `${rows}${word}${joint}`;
  const name = epochWords.test(word) ? 'epoch' : nameOf(`${rows}${word}`);
  return { name, label, labelStart: start - label.length };
}

/** A name as a group may have it. */
function nameOf(label: string): string | null {
  const name = label
    .replaceAll(/\W+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase();
  return /^[a-z]/.test(name) ? name : null;
}

/** The epoch and the metrics, each behind its label; what stands between is passed over. */
function patternOf(line: string, parts: readonly LabelledNumber[]): string | null {
  const taken = parts.filter(({ name }) => name === 'epoch' || (name !== null && metricWords.test(name)));
  if (!taken.some(({ name }) => name !== 'epoch')) return null;
  let pattern = '';
  let from = 0;
  for (const { name, label, labelStart, end } of taken) {
    const isNext = from > 0 && labelStart - from <= 3;
    // A word's beginning, for "loss" is also in "val_loss".
    const boundary = /^\w/.test(label) ? '\\b' : '';
    if (isNext) pattern += literal(line.slice(from, labelStart));
    else if (from > 0) pattern += `.*?${boundary}`;
    else pattern += labelStart === 0 ? '^' : boundary;
    pattern += literal(label);
    pattern += name === 'epoch' ? '(?<epoch>\\d+)' : `(?<${name}>${groupFor(line.slice(end))})`;
    from = end;
  }
  return pattern;
}

/** A number that something follows at once must not take it along. */
function groupFor(rest: string): string {
  return /^[,;:)\]}|%'"]*(?:\s|$)/.test(rest) ? '\\S+' : '[-\\d.]+';
}

/** Text as an expression, which fits any width that a column is filled up to. */
function literal(text: string): string {
  return text
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll(/\s+/g, (space) => (space === ' ' ? space : '\\s+'))
    .replaceAll(/(?<=[:=]) $/g, '\\s*');
}

function reads(pattern: string, line: string): boolean {
  return patternReader([pattern])(line).kind === 'reports';
}
