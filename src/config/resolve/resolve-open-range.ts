import type { Domain } from '../../campaign/domain.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import type { SizeStep } from '../../campaign/plan.js';
import { describeValue } from '../../text/describe-value.js';
import type { Checks } from '../diagnostics/checks.js';
import type { ParameterInput } from '../schema/parameter-schema.js';

type DomainInput = Omit<Exclude<ParameterInput, ParameterValue>, 'when'>;

/** The factor from one size to the next where the config names none. */
const USUAL_FACTOR = 2;

/** Whether a mapping asks for sizes without end: `{from: 8, times: 2}`. */
export function isOpenRange(input: DomainInput): boolean {
  return input.from !== undefined || input.times !== undefined || input.plus !== undefined;
}

/** An open range as a domain; null where it makes none, which is then among the problems. */
export function resolveOpenRange(name: string, input: DomainInput, checks: Checks): Domain | null {
  const path = ['parameters', name];
  let isSound = true;
  const refuse = (key: string, sentence: string, at: 'key' | 'value' = 'value'): void => {
    checks.report([...path, key], sentence, at);
    isSound = false;
  };
  const { from, times, plus, ...others } = input;
  for (const [key, value] of Object.entries(others)) {
    if (value !== undefined) refuse(key, `${key} of ${name} does not go with from. ${EXPECTED}`, 'key');
  }
  if (from === undefined) {
    refuse('from', `from of ${name} is missing: the size that growth begins with. ${EXPECTED}`, 'key');
    return null;
  }
  const isList = Array.isArray(from);
  if (!isPositive(from) && !(isList && from.every(isPositive)))
    refuse('from', `from of ${name} is ${describeValue(from)}; expected a number above 0. ${EXPECTED}`);
  if (times !== undefined && plus !== undefined)
    refuse('plus', `${name} has both times and plus. Give it one of them.`, 'key');
  if (times !== undefined && times <= 1)
    refuse('times', `times of ${name} is ${times}; expected a number above 1, as in {from: 8, times: 2}.`);
  if (plus !== undefined && plus <= 0)
    refuse('plus', `plus of ${name} is ${plus}; expected a number above 0, as in {from: 8, plus: 16}.`);
  if (plus !== undefined && isList)
    refuse('plus', `plus of ${name} does not go with a list of widths. Scale all of them, as in {times: 2}.`);
  const step: SizeStep =
    plus === undefined ? { kind: 'times', by: times ?? USUAL_FACTOR } : { kind: 'plus', by: plus };
  return isSound ? { kind: 'open', from, step } : null;
}

const EXPECTED = 'An open range is written as {from: 8, times: 2} or {from: 8, plus: 16}.';

const isPositive = (value: ParameterValue): boolean => typeof value === 'number' && value > 0;
