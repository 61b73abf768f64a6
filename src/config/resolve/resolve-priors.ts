import { type Domain, domainSize } from '../../campaign/domain.js';
import type { SearchSpace } from '../../campaign/space/conditions.js';
import { isInDomain } from '../../campaign/space/in-domain.js';
import type { Prior } from '../../campaign/space/prior.js';
import type { MethodKind } from '../../methods/method-kind.js';
import { formatList } from '../../text/list.js';
import type { Checks } from '../diagnostics/checks.js';
import { describeDomain } from '../diagnostics/describe-domain.js';

/** The space with its priors. What is wrong with a prior is reported, and the prior left out. */
export function resolvePriors(
  space: SearchSpace,
  inputs: ReadonlyMap<string, Prior>,
  checks: Checks,
): SearchSpace {
  if (inputs.size === 0) return space;
  const entries = Object.entries(space).map(([name, domain]): [string, SearchSpace[string]] => {
    const prior = inputs.get(name);
    if (prior === undefined || checks.isBroken(['parameters', name, 'prior'])) return [name, domain];
    const useless = whyUseless(name, domain);
    if (useless !== null) {
      checks.report(['parameters', name, 'prior'], `${useless} Take prior out.`, 'key');
      return [name, domain];
    }
    if (!isInDomain(domain, prior.center)) {
      const found = JSON.stringify(prior.center);
      const sentence = `center of the prior of ${name} is ${found}; expected ${describeDomain(domain)}.`;
      checks.report(['parameters', name, 'prior', 'center'], sentence);
      return [name, domain];
    }
    return [name, { ...domain, prior }];
  });
  return Object.fromEntries(entries);
}

/** Why a domain cannot have a prior, as a sentence; null if it can. */
function whyUseless(name: string, domain: Domain): string | null {
  if (domainSize(domain) === 1) return `${name} has one value, so there is nothing to expect.`;
  if (domain.kind === 'open') return `${name} is an open range, from which nothing is drawn.`;
  if (domain.kind === 'normal' || domain.kind === 'q_normal')
    return `mu and sigma of ${name} already say where values are expected.`;
  if (domain.kind === 'values' && domain.probabilities !== null)
    return `probabilities of ${name} already say which values are expected.`;
  return null;
}

/** Refuses priors where the method draws nothing. */
export function refusePriors(
  space: SearchSpace,
  { name, supports = [] }: MethodKind,
  kinds: readonly MethodKind[],
  checks: Checks,
): void {
  if (supports.includes('prior')) return;
  const names = kinds.filter((kind) => kind.supports?.includes('prior')).map((kind) => kind.name);
  for (const [parameter, { prior }] of Object.entries(space)) {
    if (prior === undefined) continue;
    const sentence = `prior goes with the methods ${formatList(names)}; the method here is ${name}. Take it out.`;
    checks.report(['parameters', parameter, 'prior'], sentence, 'key');
  }
}
