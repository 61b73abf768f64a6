import { stripVTControlCharacters } from 'node:util';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { excerpt, type LineReader } from './report-line.js';

/** A number at the place where it stands, with everything that belongs to it. */
const numberAt = /[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?\b|nan\b)/iy;
/** What a generous group such as \S+ takes along behind a number. */
const afterNumber = /^[\s,;:)\]}|%]*$/;
const wholeNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/**
 * A reader that finds numbers in lines that were written for people. Each pattern is a regular expression whose
 * named groups are the numbers' names; with several, a report is made whenever each has matched since the last.
 * A group may end in the middle of a number (`[\d.]+` in -7.5e-05): the whole number is taken all the same.
 * Throws CONFIG_INVALID where a pattern is none or has no named group.
 */
export function patternReader(patterns: readonly string[]): LineReader {
  const expressions = patterns.map(compile);
  let waiting = new Set(expressions);
  let gathered: Record<string, number> = {};
  return (text) => {
    const line = stripVTControlCharacters(text); // colours are for terminals
    let matched = false;
    for (const expression of expressions) {
      const match = expression.exec(line);
      if (match === null) continue;
      matched = true;
      for (const [name, place] of Object.entries(match.indices?.groups ?? {})) {
        if (place === undefined) continue; // a group that took no part in the match
        const value = numberIn(line, place[0], place[1]);
        if (value === null) {
          const found = excerpt(line.slice(place[0], place[1]));
          return {
            kind: 'bad',
            message: `The pattern's group "${name}" found ${found} in ${excerpt(line)}, which is no number.`,
          };
        }
        gathered[name] = value;
      }
      waiting.delete(expression);
    }
    if (!matched || waiting.size > 0) return { kind: 'other' };
    const numbers = gathered;
    gathered = {};
    waiting = new Set(expressions);
    return { kind: 'numbers', numbers };
  };
}

/** The names of all groups of the patterns, in order. */
export function groupNames(patterns: readonly string[]): string[] {
  return [...new Set(patterns.flatMap((pattern) => namedGroups(pattern)))];
}

function compile(pattern: string): RegExp {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'd');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = pattern.includes('(?P<')
      ? ' Named groups are written (?<name>...) and not (?P<name>...).'
      : '';
    throw new FitfirstError('CONFIG_INVALID', `The report pattern cannot be read: ${reason}.${hint}`);
  }
  if (namedGroups(pattern).length === 0) {
    throw new FitfirstError(
      'CONFIG_INVALID',
      `The report pattern ${excerpt(pattern)} has no named group. Expected one for each number, as in "loss (?<train_loss>\\S+)".`,
    );
  }
  return expression;
}

/** A pattern that may also match nothing shows its groups without a line to match. */
function namedGroups(pattern: string): string[] {
  return Object.keys(new RegExp(`${pattern}|`).exec('')?.groups ?? {});
}

function numberIn(line: string, start: number, end: number): number | null {
  let from = start;
  while (from < end && /\s/.test(line[from] ?? '')) from += 1;
  // A sign right before the group belongs to the number where it does not join two words.
  const before = line[from - 1];
  if (from === start && (before === '-' || before === '+') && /^$|[\s=:([,]/.test(line[from - 2] ?? ''))
    from -= 1;
  numberAt.lastIndex = from;
  const whole = numberAt.exec(line)?.[0];
  if (whole === undefined || !afterNumber.test(line.slice(from + whole.length, end))) return null;
  return numberOf(whole);
}

function numberOf(text: string): number {
  if (wholeNumber.test(text)) return Number(text);
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
