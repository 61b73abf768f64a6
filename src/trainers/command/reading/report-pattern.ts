import { stripVTControlCharacters } from 'node:util';
import { FitfirstError } from '../../../campaign/fitfirst-error.js';
import { errorMessage } from '../../../text/error-message.js';
import { BoundedPattern, PatternTooSlow } from './bounded-pattern.js';
import { excerpt, isDrawing, type LineReader, type Numbers } from './report-line.js';

/** A number at the place where it stands, with everything that belongs to it. */
const numberAt = /[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?\b|nan\b)/iy;
/** What a generous group such as \S+ takes along behind a number. */
const afterNumber = /^[\s,;:)\]}|%'"]*$/;
const wholeNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/**
 * A reader that finds numbers in lines that were written for people. Each pattern is a regular expression whose
 * named groups are the numbers' names; with several, a report is made whenever each has matched since the last.
 * A group may end in the middle of a number (`[\d.]+` in -7.5e-05): the whole number is taken all the same; and what
 * matches a number matches nan and inf in its place. Of a line that is drawn again and again the last drawing counts,
 * and where a single pattern tells the epoch, the last drawing of every epoch.
 * Throws CONFIG_INVALID where a pattern is none or has no named group.
 */
export function patternReader(patterns: readonly string[]): LineReader {
  const expressions = patterns.map(compile);
  const readLine = severalReader(expressions);
  const tellsEpoch = patterns.length === 1 && groupNames(patterns).includes('epoch');
  let drawn: Numbers | null = null;
  return (text) => {
    if (isDrawing(text)) {
      const reading = tellsEpoch ? readLine(text) : null;
      const [latest] = reading?.kind === 'reports' ? reading.reports : [];
      if (latest === undefined) return { kind: 'other' };
      const before = drawn;
      drawn = latest;
      return before === null || before.epoch === latest.epoch
        ? { kind: 'other' }
        : { kind: 'reports', reports: [before] };
    }
    const reading = readLine(text);
    const before = drawn;
    drawn = null;
    if (before === null || reading.kind === 'bad') return reading;
    const reports = reading.kind === 'reports' ? reading.reports : [];
    return { kind: 'reports', reports: reports[0]?.epoch === before.epoch ? reports : [before, ...reports] };
  };
}

/** Gathers numbers until each of the expressions has matched. */
function severalReader(expressions: readonly BoundedPattern[]): LineReader {
  let waiting = new Set(expressions);
  let gathered = new Map<string, number>();
  return (text) => {
    const line = stripVTControlCharacters(text).replace(/\r$/, ''); // colours are for terminals
    const digits = withDigits(line);
    let matched = false;
    for (const expression of expressions) {
      let match: RegExpExecArray | null;
      try {
        match = expression.exec(line) ?? (digits === line ? null : expression.exec(digits));
      } catch (error) {
        if (!(error instanceof PatternTooSlow)) throw error;
        const pattern = excerpt(expression.source);
        return {
          kind: 'bad',
          message: `The pattern ${pattern} cannot read ${excerpt(line)}: ${error.message}`,
        };
      }
      if (match === null) continue;
      matched = true;
      for (const [name, place] of Object.entries(match.indices?.groups ?? {})) {
        if (place === undefined) continue; // a group that took no part in the match
        const value = numberIn(line, place[0], place[1]);
        if (value === null) return { kind: 'bad', message: noNumber(name, line.slice(...place), line) };
        gathered.set(name, value);
      }
      waiting.delete(expression);
    }
    if (!matched || waiting.size > 0) return { kind: 'other' };
    const numbers = Object.fromEntries(gathered);
    gathered = new Map();
    waiting = new Set(expressions);
    return { kind: 'reports', reports: [numbers] };
  };
}

/** The line with digits for nan and inf, place by place: a pattern written for digits must not pass over them. */
function withDigits(line: string): string {
  return line.replaceAll(/(?<![\w.])(?:nan|inf(?:inity)?)(?!\w)/gi, (word) => '0'.repeat(word.length));
}

function noNumber(name: string, found: string, line: string): string {
  const hint = /^\s*["'([]?[-+]?\.?\d/.test(found)
    ? ` A group that ends with the number would read it: (?<${name}>[-\\d.]+).`
    : '';
  return `The pattern's group "${name}" found ${excerpt(found)} in ${excerpt(line)}, which is no number.${hint}`;
}

/** The names of all groups of the patterns, in order. */
export function groupNames(patterns: readonly string[]): string[] {
  return [...new Set(patterns.flatMap((pattern) => namedGroups(pattern)))];
}

function compile(pattern: string): BoundedPattern {
  let expression: BoundedPattern;
  try {
    expression = new BoundedPattern(pattern);
  } catch (error) {
    const reason = errorMessage(error);
    const hint = pattern.includes('(?P<')
      ? ' Named groups are written (?<name>...) and not (?P<name>...).'
      : '';
    throw new FitfirstError('CONFIG_INVALID', `The report pattern cannot be read: ${reason}.${hint}`);
  }
  if (namedGroups(pattern).length === 0) {
    throw new FitfirstError(
      'CONFIG_INVALID',
      `The report pattern ${excerpt(pattern)} has no named group. Expected one for each ` +
        `number, as in "loss (?<train_loss>\\S+)".`,
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
  while (from < end && /[\s'"]/.test(line[from] ?? '')) from += 1;
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
