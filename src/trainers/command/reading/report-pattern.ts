import { stripVTControlCharacters } from 'node:util';
import { FitfirstError } from '../../../campaign/fitfirst-error.js';
import { errorMessage } from '../../../text/error-message.js';
import { BoundedPattern, PatternTooSlow } from './bounded-pattern.js';
import {
  excerpt,
  isDrawing,
  type Leftover,
  type LineReader,
  type LineReading,
  type Numbers,
} from './report-line.js';

/** A number at the place where it stands, with everything that belongs to it. */
const numberAt = /[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?\b|nan\b)/iy;
/** What a generous group such as \S+ takes along behind a number. */
const afterNumber = /^[\s,;:)\]}|%'"]*$/;
/** Names of numbers that count up to a total. */
const isCount = /^(?:epoch|step|iter|iteration|batch|round)s?$/i;
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
  const gathering = new Gathering(expressions);
  const readLine = (text: string): LineReading => gathering.read(text);
  const tellsEpoch = patterns.length === 1 && groupNames(patterns).includes('epoch');
  let drawn: Numbers | null = null;
  const reader = (text: string): LineReading => {
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
  const finish = (): Leftover => {
    const { reports, once } = gathering.finish();
    return { reports: drawn === null ? reports : [drawn, ...reports], once };
  };
  return Object.assign(reader, { finish });
}

/**
 * Gathers numbers until each of the expressions has matched. If one of them tells the epoch, what was gathered is also
 * complete when that one matches for another epoch: some lines come only every few epochs. From then on reports wait
 * for the next epoch, so that lines which come only once, at the end, do not count for the last epoch.
 */
class Gathering {
  readonly #expressions: readonly BoundedPattern[];
  readonly #reported = new Set<string>();
  #waiting: Set<BoundedPattern>;
  #gathered = new Map<string, number>();
  #isIrregular = false;

  constructor(expressions: readonly BoundedPattern[]) {
    this.#expressions = expressions;
    this.#waiting = new Set(expressions);
  }

  read(text: string): LineReading {
    const line = stripVTControlCharacters(text).replace(/\r$/, ''); // colours are for terminals
    const digits = withDigits(line);
    const early: Numbers[] = [];
    let matched = false;
    for (const expression of this.#expressions) {
      const found = numbersIn(line, digits, expression);
      if (found === null) continue;
      if (typeof found === 'string') return { kind: 'bad', message: found };
      matched = true;
      const epoch = this.#gathered.get('epoch');
      const isNext = found.has('epoch') && epoch !== undefined && found.get('epoch') !== epoch;
      if (isNext) {
        this.#isIrregular ||= this.#waiting.size > 0;
        early.push(this.#take());
      }
      for (const [name, value] of found) this.#gathered.set(name, value);
      this.#waiting.delete(expression);
    }
    if (matched && this.#waiting.size === 0 && !this.#isIrregular) early.push(this.#take());
    return early.length === 0 ? { kind: 'other' } : { kind: 'reports', reports: early };
  }

  /** Without an epoch, what is incomplete belongs to no report. */
  finish(): Leftover {
    const entries = [...this.#gathered];
    if (!this.#gathered.has('epoch')) {
      const news = entries.filter(([name]) => !this.#reported.has(name));
      return { reports: [], once: Object.fromEntries(news) };
    }
    const once = entries.filter(([name]) => this.#reported.size > 0 && !this.#reported.has(name));
    for (const [name] of once) this.#gathered.delete(name);
    return { reports: [this.#take()], once: Object.fromEntries(once) };
  }

  #take(): Numbers {
    const numbers = Object.fromEntries(this.#gathered);
    for (const name of this.#gathered.keys()) this.#reported.add(name);
    this.#gathered = new Map();
    this.#waiting = new Set(this.#expressions);
    return numbers;
  }
}

/** What a pattern finds in a line; null if it does not match, and a sentence if what it finds is no number. */
function numbersIn(
  line: string,
  digits: string,
  expression: BoundedPattern,
): Map<string, number> | string | null {
  let match: RegExpExecArray | null;
  try {
    match = expression.exec(line) ?? (digits === line ? null : expression.exec(digits));
  } catch (error) {
    if (!(error instanceof PatternTooSlow)) throw error;
    return `The pattern ${excerpt(expression.source)} cannot read ${excerpt(line)}: ${error.message}`;
  }
  if (match === null) return null;
  const found = new Map<string, number>();
  for (const [name, place] of Object.entries(match.indices?.groups ?? {})) {
    if (place === undefined) continue; // a group that took no part in the match
    const value = numberIn(line, place[0], place[1], name);
    if (value === null) return noNumber(name, line.slice(...place), line);
    found.set(name, value);
  }
  return found;
}

/** The line with digits for nan and inf, place by place: a pattern written for digits must not pass over them. */
function withDigits(line: string): string {
  return line.replaceAll(/(?<![\w.])(?:nan|inf(?:inity)?)(?!\w)/gi, (word) => '0'.repeat(word.length));
}

function noNumber(name: string, found: string, line: string): string {
  const hint = /^[-+]?\d+,\d+$/.test(found.trim())
    ? ' A number is written with a decimal point: have the program print one.'
    : /^\s*["'([]?[-+]?\.?\d/.test(found)
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

function numberIn(line: string, start: number, end: number, name: string): number | null {
  let from = start;
  while (from < end && /[\s'"]/.test(line[from] ?? '')) from += 1;
  // A sign right before the group belongs to the number where it does not join two words.
  const before = line[from - 1];
  if (from === start && (before === '-' || before === '+') && /^$|[\s=:([,]/.test(line[from - 2] ?? ''))
    from -= 1;
  numberAt.lastIndex = from;
  const whole = numberAt.exec(line)?.[0];
  if (whole === undefined) return null;
  const rest = line.slice(from + whole.length, end);
  if (afterNumber.test(rest)) return numberOf(whole);
  const total = /^\s?\/\s?(\d+)[\s,;:)\]}|'"]*$/.exec(rest)?.[1];
  if (total === undefined || Number(total) === 0) return null;
  // `3/60` is epoch 3 of 60, and `954/1000` a share.
  return isCount.test(name) ? numberOf(whole) : numberOf(whole) / Number(total);
}

function numberOf(text: string): number {
  if (wholeNumber.test(text)) return Number(text);
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
