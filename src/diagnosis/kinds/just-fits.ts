import { canonicalJson } from '../../campaign/canonical-json.js';
import { formatValue } from '../../campaign/format-setting.js';
import { isSameSetting } from '../../campaign/parameters.js';
import { magnitude } from '../../campaign/space/sizes.js';
import { formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import { type Evidence, pairedLoss, type TrialGroup } from '../evidence.js';

/** A difference of this many standard errors is evidence. */
const MIN_ERRORS = 2;

/**
 * Without regularisation, validation is worse at the size that just fits than at smaller and at larger sizes: double
 * descent (Nakkiran et al. 2019, "Deep Double Descent", arXiv 1912.02292; with regularisation it goes away, Nakkiran
 * et al. 2020, arXiv 2003.01897).
 */
export function diagnoseJustFits({ facts, finding, groups }: Evidence): Diagnosis[] {
  const { growth } = facts.plan;
  const fitted = finding('fitted')?.parameters;
  if (growth === null || fitted == null) return [];
  const { parameter } = growth;
  const isOff = ({ parameters }: TrialGroup): boolean =>
    facts.plan.regularisers.every(
      ({ name, off }) => canonicalJson(parameters[name] ?? off) === canonicalJson(off),
    );
  const full = groups('full', 'grow', 'race').filter(isOff);
  const own = full.find(({ parameters }) => isSameSetting(parameters, fitted));
  if (own === undefined) return [];
  const size = magnitude(fitted[parameter] ?? 0);
  const isClearlyBetter = (group: TrialGroup): boolean => {
    const loss = pairedLoss(group, own, facts);
    return loss !== null && loss.mean > 0 && loss.mean > MIN_ERRORS * loss.standardError;
  };
  const sizeOf = ({ parameters }: TrialGroup): number => magnitude(parameters[parameter] ?? 0);
  // A smaller size did not fit, so it ran its full epochs although it could have ended early.
  const smaller = groups('fit', 'grow').find((group) => sizeOf(group) < size && isClearlyBetter(group));
  const larger = full.find((group) => sizeOf(group) > size && isClearlyBetter(group));
  if (smaller === undefined || larger === undefined) return [];
  const worse = pairedLoss(larger, own, facts)?.mean ?? 0;
  const text = (group: TrialGroup): string => formatValue(group.parameters[parameter]);
  return [
    {
      code: 'size-just-fits',
      numbers: { size, smaller: sizeOf(smaller), larger: sizeOf(larger), worse_by: worse },
      because:
        `Without dropout, ${facts.metric.name} is worse at ${parameter} ${formatValue(fitted[parameter])}, which ` +
        `just fits, than at ${text(smaller)} and at ${text(larger)} (by ${formatNumber(worse)}): double descent.`,
      suggestion: 'Prefer a larger size or dropout to the size that just fits.',
    },
  ];
}
