import jsep from 'jsep';
import type { ParameterValue } from '../../campaign/parameters.js';

/** What an expression gives: a truth value, a number, a text, or a list of these. */
type Value = ParameterValue;

/** A condition on the values of parameters, parsed once and evaluated for each setting. */
export interface Expression {
  /** The parameters that it names, each once. */
  readonly names: readonly string[];
  /** Its value for a setting. Throws ExpressionError where types do not go together, such as a text and a factor. */
  evaluate(setting: Readonly<Record<string, ParameterValue>>): Value;
}

/** What is wrong with an expression, as the end of a sentence. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** Characters of an expression: enough for any rule, and no deep nesting. */
const MAX_LENGTH = 1000;

jsep.addBinaryOp('or', 1);
jsep.addBinaryOp('and', 2);
jsep.addBinaryOp('in', 6);
jsep.addUnaryOp('not');

/** Parses the text of an expression. Throws ExpressionError. Nothing of the text is ever run as a program. */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_LENGTH)
    throw new ExpressionError(`found ${text.length} characters; expected at most ${MAX_LENGTH}`);
  const names = new Set<string>();
  const evaluate = compile(parse(text), names);
  return { names: [...names], evaluate };
}

function parse(text: string): jsep.Expression {
  if (/[^=!<>]=(?!=)/.test(text.replaceAll(/"[^"]*"|'[^']*'/g, '')))
    throw new ExpressionError('found "="; expected "==" for equal values');
  try {
    return jsep(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    throw new ExpressionError(`it cannot be read: ${reason}`);
  }
}

type Evaluate = Expression['evaluate'];

function compile(parsed: jsep.Expression, names: Set<string>): Evaluate {
  const node = parsed as jsep.CoreExpression;
  switch (node.type) {
    case 'Literal': {
      const { value } = node;
      if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'boolean')
        throw new ExpressionError(`${node.raw} is no number, text, true or false`);
      return () => value;
    }
    case 'Identifier':
    case 'MemberExpression': {
      const name = nameOf(node);
      names.add(name);
      return (setting) => setting[name] ?? fail(`${name} has no value`);
    }
    case 'ArrayExpression': {
      const entries = node.elements.map((each) =>
        each === null ? fail('a list has a gap') : compile(each, names),
      );
      return (setting) => entries.map((entry) => scalar(entry(setting)));
    }
    case 'UnaryExpression':
      return unary(node.operator, compile(node.argument, names));
    case 'BinaryExpression':
      return binary(node.operator, compile(node.left, names), compile(node.right, names));
    case 'CallExpression':
      return call(
        nameOf(node.callee),
        node.arguments.map((each) => compile(each, names)),
      );
    case 'Compound':
      return fail(node.body.length === 0 ? 'it is empty' : 'an operator is missing between two parts');
    case 'ConditionalExpression':
    case 'SequenceExpression':
    case 'ThisExpression':
      return fail(`${EXPECTED}`);
    default:
      return fail(EXPECTED);
  }
}

const EXPECTED =
  'expected numbers, texts in quotes, names of parameters, + - * / %, comparisons, in, and, or, not, parentheses, ' +
  'min, max, abs, sum and length';

/** `optimizer`, or a name with dots, such as `optimizer.lr`. */
function nameOf(parsed: jsep.Expression): string {
  const node = parsed as jsep.CoreExpression;
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression' && !node.computed)
    return `${nameOf(node.object)}.${nameOf(node.property)}`;
  return fail(EXPECTED);
}

function unary(operator: string, argument: Evaluate): Evaluate {
  switch (operator) {
    case '-':
      return (setting) => -number('-', argument(setting));
    case '+':
      return (setting) => number('+', argument(setting));
    case 'not':
    case '!':
      return (setting) => !truth(operator, argument(setting));
    default:
      return fail(`${operator} is no operator here; ${EXPECTED}`);
  }
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function binary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  const compute = (Object.hasOwn(ARITHMETIC, operator) && ARITHMETIC[operator]) || undefined;
  if (compute) return (setting) => compute(number(operator, left(setting)), number(operator, right(setting)));
  const compare = (Object.hasOwn(COMPARISONS, operator) && COMPARISONS[operator]) || undefined;
  if (compare) return (setting) => compare(number(operator, left(setting)), number(operator, right(setting)));
  switch (operator) {
    case '==':
    case '===':
      return (setting) => isEqual(left(setting), right(setting));
    case '!=':
    case '!==':
      return (setting) => !isEqual(left(setting), right(setting));
    case 'and':
    case '&&':
      return (setting) => truth(operator, left(setting)) && truth(operator, right(setting));
    case 'or':
    case '||':
      return (setting) => truth(operator, left(setting)) || truth(operator, right(setting));
    case 'in':
      return (setting) => {
        const value = left(setting);
        return list('in', right(setting)).some((each) => isEqual(each, value));
      };
    default:
      return fail(`${operator} is no operator here; ${EXPECTED}`);
  }
}

function call(name: string, args: readonly Evaluate[]): Evaluate {
  if (args.length === 0) return fail(`${name}() has no arguments`);
  const values = (setting: Parameters<Evaluate>[0]): readonly Value[] =>
    args.flatMap((each) => {
      const value = each(setting);
      return typeof value === 'object' ? value : [value];
    });
  const numbers = (setting: Parameters<Evaluate>[0]): number[] =>
    values(setting).map((each) => number(name, each));
  switch (name) {
    case 'min':
      return (setting) => Math.min(...numbers(setting));
    case 'max':
      return (setting) => Math.max(...numbers(setting));
    case 'sum':
      return (setting) => numbers(setting).reduce((sum, each) => sum + each, 0);
    case 'abs':
      return (setting) => Math.abs(numbers(setting)[0] ?? Number.NaN);
    case 'length':
      return (setting) => values(setting).length;
    default:
      return fail(`${name} is no function here; ${EXPECTED}`);
  }
}

function number(operator: string, value: Value): number {
  return typeof value === 'number'
    ? value
    : fail(`${operator} needs numbers, and found ${JSON.stringify(value)}`);
}

function truth(operator: string, value: Value): boolean {
  return typeof value === 'boolean'
    ? value
    : fail(`${operator} needs comparisons on both sides, and found ${JSON.stringify(value)}`);
}

function list(operator: string, value: Value): readonly Value[] {
  return typeof value === 'object'
    ? value
    : fail(`${operator} needs a list, as in optimizer in ["sgd", "adam"]`);
}

function scalar(value: Value): number | string | boolean {
  return typeof value === 'object' ? fail('a list within a list is not known here') : value;
}

const isEqual = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);

function fail(reason: string): never {
  throw new ExpressionError(reason);
}
