import { setFlagsFromString } from 'node:v8';
import { createContext, Script } from 'node:vm';

/** Thrown if a pattern takes too long on a line. */
export class PatternTooSlow extends Error {
  override readonly name = 'PatternTooSlow';
}

/** Steps that take no time worth a bound: a tenth of a second. */
const MAX_STEPS = 1e7;
/**
 * Milliseconds that a match may take, attempt by attempt: a single one may hit a process that did not run for a while.
 */
const TIME_LIMITS = [1_000, 1_000, 2_000];

const matching = new Script('match = expression.exec(text)');

/**
 * A regular expression of the user whose matches take bounded time. JavaScript's regular expressions go back and try
 * again, which can take years for a nested repetition such as `(\d+)+`. Short lines and plain patterns are matched at
 * once. Other lines are first tested by V8's engine that takes linear time, if the pattern is one for it: no
 * lookaround, no backreference. What is left is matched under a limit of time.
 */
export class BoundedPattern {
  readonly #expression: RegExp;
  readonly #linear: RegExp | null;
  /** Repetitions without an upper bound; infinite if they are nested. */
  readonly #repetitions: number;

  /** Throws SyntaxError if it is no regular expression. Matches have the places of their groups. */
  constructor(readonly source: string) {
    this.#expression = new RegExp(source, 'd');
    this.#linear = linearExpression(source);
    this.#repetitions = countRepetitions(source);
  }

  /** Throws PatternTooSlow. */
  exec(text: string): RegExpExecArray | null {
    if (this.#maxSteps(text) <= MAX_STEPS) return this.#expression.exec(text);
    if (this.#linear !== null && !this.#linear.test(text)) return null;
    return matchInTime(this.#expression, text);
  }

  #maxSteps(text: string): number {
    if (this.#repetitions === Number.POSITIVE_INFINITY) return this.#repetitions;
    let steps = text.length;
    for (let n = 0; n < this.#repetitions; n++) steps *= text.length;
    return steps;
  }
}

function matchInTime(expression: RegExp, text: string): RegExpExecArray | null {
  const context = createContext({ expression, text, match: null });
  for (const timeout of TIME_LIMITS) {
    try {
      matching.runInContext(context, { timeout });
      return context.match;
    } catch (error) {
      if (!isTimeout(error)) throw error;
    }
  }
  throw new PatternTooSlow(
    'it takes too long on this line. Repetitions inside of repetitions, such as (\\d+)+, try ' +
      'every way to split the text: write it without them.',
  );
}

/** The error comes from the context, whose `Error` is another one than this one's. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

/** The expression for the engine that takes linear time; null if it cannot be, or the engine is not there. */
function linearExpression(source: string): RegExp | null {
  try {
    setFlagsFromString('--enable-experimental-regexp-engine');
    return new RegExp(source, 'l');
  } catch {
    return null;
  } finally {
    setFlagsFromString('--no-enable-experimental-regexp-engine');
  }
}

/** Characters of a pattern that matter here: escapes and classes as wholes, groups, and what repeats. */
const token = /\\.|\[(?:\\.|[^\]\\])*\]|\(|\)|[*+?]|\{\d*,?\d*\}|\|/gs;

function countRepetitions(source: string): number {
  const groups: { count: number; isChoice: boolean }[] = [{ count: 0, isChoice: false }];
  let closed: { count: number; isChoice: boolean } | null = null;
  let total = 0;
  for (const [sign] of source.matchAll(token)) {
    const open = groups.at(-1) ?? { count: 0, isChoice: false };
    if (sign === '(') groups.push({ count: 0, isChoice: false });
    else if (sign === ')') {
      closed = groups.length > 1 ? (groups.pop() ?? null) : null;
      const outer = groups.at(-1);
      if (outer !== undefined) outer.count += closed?.count ?? 0;
      continue;
    } else if (sign === '|') open.isChoice = true;
    else if (sign === '*' || sign === '+' || sign.startsWith('{')) {
      if (closed !== null && (closed.count > 0 || closed.isChoice)) return Number.POSITIVE_INFINITY;
      open.count += 1;
      total += 1;
    }
    closed = null;
  }
  return total;
}
