import { isHeldOut, isMetricName, type LabelledNumber } from './labelled-numbers.js';

/** The epoch and the metrics of a line, each behind its label, as a pattern; null if it has no metric. */
export function labelPattern(line: string, parts: readonly LabelledNumber[]): string | null {
  const taken = parts.filter(({ name }) => name === 'epoch' || (name !== null && isMetricName(name)));
  if (!taken.some(({ name }) => name !== 'epoch')) return null;
  const opening = openingWords(line, taken);
  const isSaid = taken.some(({ name }) => name !== null && isHeldOut(name));
  const rows = isSaid ? '' : rowsPrefix(opening);
  let pattern = opening;
  let from = 0;
  for (const { name, label, labelStart, end } of taken) {
    const isNext = from > 0 && labelStart - from <= 3;
    // A word's beginning, for "loss" is also in "val_loss".
    const boundary = /^\w/.test(label) ? '\\b' : '';
    if (isNext) pattern += literal(line.slice(from, labelStart));
    else if (from > 0 || opening !== '') pattern += `.*?${boundary}`;
    else pattern += line.slice(0, labelStart).trim() === '' ? `^${labelStart === 0 ? '' : '\\s*'}` : boundary;
    pattern += literal(label);
    pattern += name === 'epoch' ? '(?<epoch>\\d+)' : `(?<${rows}${name}>${groupFor(line.slice(end))})`;
    from = end;
  }
  return pattern;
}

/** Words that tell the line of a test from that of a training, where they stand before everything that is read. */
function openingWords(line: string, [first]: readonly LabelledNumber[]): string {
  if (first === undefined) return '';
  const before = line.slice(0, first.labelStart);
  const word =
    /(?:Epoch\((?:val|test)\)|\b(?:val|valid|validation|test|testing|eval|saving dict)\b|^\s*\*)/i.exec(
      before,
    );
  if (word === null || /\d/.test(before.slice(0, word.index).replace(/^[\d\s:,.T/-]+/, ''))) return '';
  const text = word[0];
  return /^\s*\*/.test(text) ? '^\\s*\\*' : `${/^\w/.test(text) ? '\\b' : ''}${literal(text)}`;
}

/** What the names of the metrics of such a line begin with. */
function rowsPrefix(opening: string): string {
  if (/test/i.test(opening)) return 'test_';
  return /val|saving/i.test(opening) ? 'val_' : '';
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
