import type { Parameters, ParameterValue } from '../../campaign/parameters.js';
import { drawSetting, type SearchSpace } from '../../campaign/search-space.js';
import { withoutInactive } from '../../campaign/space/conditions.js';
import type { Constraint } from '../../campaign/space/constraint.js';
import { isInDomain } from '../../campaign/space/in-domain.js';
import type { StopRule } from '../../methods/stop-rule.js';
import { formatList } from '../../text/list.js';
import { nearestName } from '../../text/nearest-name.js';
import { quote } from '../../text/quote.js';
import type { Checks } from '../diagnostics/checks.js';
import type { ConfigDraft } from '../schema/structure.js';

interface EnqueueContext {
  readonly space: SearchSpace;
  readonly constraints: readonly Constraint[];
  readonly seed: number;
}

/** The settings that run first, whole. What is wrong with one is reported, and it is left out. */
export function resolveEnqueue(
  written: ConfigDraft['enqueue'],
  context: EnqueueContext,
  checks: Checks,
): Parameters[] {
  if (written === undefined || checks.isBroken(['enqueue']) || checks.isBroken(['parameters'])) return [];
  return written.flatMap((given, index) => {
    const isSound = checkValues(given, index, context.space, checks);
    const setting = isSound ? completed(given, index, context, checks) : null;
    return setting === null ? [] : [setting];
  });
}

function checkValues(given: Parameters, index: number, space: SearchSpace, checks: Checks): boolean {
  const wrong = Object.entries(given).filter(([name, value]) => {
    const path = ['enqueue', index, name];
    const domain = Object.hasOwn(space, name) ? space[name] : undefined;
    if (domain === undefined) {
      const meant = nearestName(name, Object.keys(space));
      const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
      checks.report(path, `enqueue names ${quote(name)}, which is not among the parameters.${hint}`, 'key');
      return true;
    }
    if (isInDomain(domain, value)) return false;
    checks.report(path, `enqueue: ${name} is never ${JSON.stringify(value)}; expected ${valuesOf(domain)}.`);
    return true;
  });
  return wrong.length === 0;
}

function valuesOf(domain: SearchSpace[string]): string {
  if (domain.kind === 'fixed') return JSON.stringify(domain.value);
  if (domain.kind === 'values')
    return formatList(domain.values.slice(0, MAX_LISTED).map(textOf), 'or') + moreThan(domain.values.length);
  return 'min' in domain
    ? `a value from ${domain.min} to ${domain.max} (${domain.kind})`
    : `a ${domain.kind} value`;
}

const MAX_LISTED = 12;
const moreThan = (count: number): string => (count > MAX_LISTED ? ' and so on' : '');
const textOf = (value: ParameterValue): string => JSON.stringify(value);

/** Draws among which one is looked for that completes a setting as the constraints allow. */
const MAX_DRAWS = 1000;

/** A setting with what it leaves out drawn; null where conditions or constraints refuse it. */
function completed(
  given: Parameters,
  index: number,
  { space, constraints, seed }: EnqueueContext,
  checks: Checks,
): Parameters | null {
  if (Object.values(space).some(({ kind }) => kind === 'open')) return null; // refused for the method
  const unconditional = Object.fromEntries(
    Object.entries(space).map(([name, { when: _, ...domain }]) => [name, domain]),
  );
  const broken = (setting: Parameters) => constraints.find((each) => !each.allows(setting));
  let first: Parameters | null = null;
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const drawn = drawSetting(unconditional, seed, index + draw);
    const setting = withoutInactive(space, { ...drawn, ...given });
    const inactive = Object.keys(given).find((name) => !Object.hasOwn(setting, name));
    if (inactive !== undefined) {
      const sentence = `enqueue: ${inactive} is not active there (${formatCondition(space, inactive)}).`;
      checks.report(['enqueue', index, inactive], sentence, 'key');
      return null;
    }
    if (broken(setting) === undefined) return setting;
    first ??= setting;
  }
  const constraint = first === null ? undefined : broken(first);
  checks.report(['enqueue', index], `enqueue: the setting breaks where, ${quote(constraint?.text ?? '')}.`);
  return null;
}

function formatCondition(space: SearchSpace, name: string): string {
  const parts = Object.entries(space[name]?.when ?? {}).map(
    ([parent, values]) => `${parent} is ${formatList(values.map(textOf), 'or')}`,
  );
  return `it is where ${formatList(parts)}`;
}

/** What ends the search early; null where nothing does. */
export function resolveStop(written: ConfigDraft['stop'], checks: Checks): StopRule | null {
  if (written === undefined) return null;
  const { no_improvement: noImprovement = null, target = null } = written;
  if (noImprovement !== null || target !== null) return { noImprovement, target };
  checks.report(
    ['stop'],
    'stop says nothing; expected no_improvement or target, as in stop: {no_improvement: 30}.',
  );
  return null;
}
