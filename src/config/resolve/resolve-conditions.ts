import { type Domain, domainSize, gridOf } from '../../campaign/domain.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import type { Condition, SearchSpace } from '../../campaign/space/conditions.js';
import { isInDomain } from '../../campaign/space/in-domain.js';
import { nearestName } from '../../text/nearest-name.js';
import { quote } from '../../text/quote.js';
import type { Checks } from '../diagnostics/checks.js';
import { describeDomain } from '../diagnostics/describe-domain.js';
import type { ConditionInput } from '../schema/parameter-schema.js';

/** The conditions of parameters as they are written, by the names of the parameters. */
export type ConditionInputs = ReadonlyMap<string, ConditionInput>;

/** The space with its conditions. What is wrong with a condition is reported, and the condition left out. */
export function resolveConditions(
  space: Readonly<Record<string, Domain>>,
  inputs: ConditionInputs,
  checks: Checks,
): SearchSpace {
  const entries = Object.entries(space).map(([name, domain]): [string, SearchSpace[string]] => {
    const input = inputs.get(name);
    const when = input === undefined ? null : resolveCondition(name, input, space, checks);
    return [name, when === null ? domain : { ...domain, when }];
  });
  const resolved = Object.fromEntries(entries);
  return refuseCircles(resolved, checks);
}

/** A condition; null where it is none, which is then among the problems. */
function resolveCondition(
  name: string,
  input: ConditionInput,
  space: Readonly<Record<string, Domain>>,
  checks: Checks,
): Condition | null {
  const path = ['parameters', name, 'when'];
  const parents = Object.entries(input);
  if (parents.length === 0) {
    checks.report(path, `when of ${name} names no parameter; ${EXPECTED}.`);
    return null;
  }
  if (name === 'epochs') {
    checks.report(path, 'epochs is the budget of every trial, so it cannot have a condition.', 'key');
    return null;
  }
  let isSound = true;
  const refuse = (parent: string, sentence: string, at: 'key' | 'value'): void => {
    checks.report([...path, parent], sentence, at);
    isSound = false;
  };
  const condition = parents.map(([parent, written]): [string, readonly ParameterValue[]] => {
    const values = Array.isArray(written) ? written : [written];
    const domain = Object.hasOwn(space, parent) ? space[parent] : undefined;
    if (parent === name) {
      refuse(parent, `when of ${name} names ${name} itself; ${EXPECTED}.`, 'key');
    } else if (domain === undefined) {
      if (!checks.isBroken(['parameters', parent])) refuse(parent, unknownParent(name, parent, space), 'key');
      else isSound = false;
    } else if (domainSize(domain) === null) {
      const sentence =
        `when of ${name} names ${parent}, which is continuous (${domain.kind}); ` +
        'expected a parameter with listed values or whole numbers.';
      refuse(parent, sentence, 'key');
    } else {
      for (const value of values.filter((one) => !isInDomain(domain, one)))
        refuse(parent, wrongValue(name, parent, value, domain), 'value');
    }
    return [parent, values];
  });
  return isSound ? Object.fromEntries(condition) : null;
}

const EXPECTED = 'expected another parameter with the values it needs, as in when: {optimizer: sgd}';

function unknownParent(name: string, parent: string, space: Readonly<Record<string, Domain>>): string {
  const others = Object.keys(space).filter((one) => one !== name);
  const meant = nearestName(parent, others);
  const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
  return `when of ${name} names ${quote(parent)}, which is not among the parameters.${hint}`;
}

function wrongValue(name: string, parent: string, value: ParameterValue, domain: Domain): string {
  const values = gridOf(domain) ?? [];
  const meant = typeof value === 'string' ? nearestName(value, values.map(String)) : null;
  const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
  return `when of ${name}: ${parent} is never ${JSON.stringify(value)}; expected ${describeDomain(domain)}.${hint}`;
}

/** Reports each circle of conditions once and takes its conditions out, so that nothing runs in circles. */
function refuseCircles(space: SearchSpace, checks: Checks): SearchSpace {
  const inCircles = new Set<string>();
  for (const name of Object.keys(space)) {
    const circle = circleFrom(space, name);
    if (circle === null || circle.some((one) => inCircles.has(one))) continue;
    for (const one of circle) inCircles.add(one);
    const shown = [...circle, name].join(' -> ');
    checks.report(
      ['parameters', name, 'when'],
      `the conditions go in a circle: ${shown}. Take one out.`,
      'key',
    );
  }
  if (inCircles.size === 0) return space;
  return Object.fromEntries(
    Object.entries(space).map(([name, { when, ...domain }]): [string, Domain] => [name, domain]),
  );
}

/** The parameters from a name back to itself, each named by the condition of the one before; null for no circle. */
function circleFrom(space: SearchSpace, start: string): readonly string[] | null {
  const seen = new Set<string>();
  const follow = (name: string, way: readonly string[]): readonly string[] | null => {
    for (const parent of Object.keys(space[name]?.when ?? {})) {
      if (parent === start) return way;
      if (seen.has(parent)) continue;
      seen.add(parent);
      const circle = follow(parent, [...way, parent]);
      if (circle !== null) return circle;
    }
    return null;
  };
  return follow(start, [start]);
}
