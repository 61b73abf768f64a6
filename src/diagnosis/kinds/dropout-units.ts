import { magnitude } from '../../campaign/space/sizes.js';
import { formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import { type Evidence, meanAtEnd } from '../evidence.js';
import { uselessDropout } from './dropout-groups.js';

/** A training metric that is this much worse than without dropout shows a network that is too small. */
const MIN_LOSS = 0.01;

/** Dropout leaves fewer units than a fit needs, and the network no longer fits. */
export function diagnoseDropoutUnits(evidence: Evidence): Diagnosis[] {
  const { facts, finding } = evidence;
  const { growth } = facts.plan;
  const fitted = finding('fitted')?.parameters;
  const found = uselessDropout(evidence);
  if (growth === null || fitted == null || found === null) return [];
  const { withDropout, baseline } = found;
  const rate = Number(withDropout.parameters.dropout ?? 0);
  const needed = magnitude(fitted[growth.parameter] ?? 0);
  const units = magnitude(withDropout.parameters[growth.parameter] ?? 0);
  const left = units * (1 - rate);
  const [own, other] = [meanAtEnd(withDropout, growth.metric), meanAtEnd(baseline, growth.metric)];
  if (!(rate > 0 && left < needed) || own === null || other === null) return [];
  const loss = growth.goal === 'maximize' ? other - own : own - other;
  if (!(loss > MIN_LOSS)) return [];
  return [
    {
      code: 'dropout-leaves-too-few-units',
      numbers: { units, left, needed, metric: growth.metric, with_dropout: own, without: other },
      because:
        `Dropout ${formatNumber(rate)} leaves about ${formatNumber(left)} of ${units} units, and a fit needs ` +
        `${needed}: ${growth.metric} is ${formatNumber(own)} with dropout and ${formatNumber(other)} without.`,
      suggestion: 'Set fit_first: {widen: dropout}, or grow on with more patience.',
    },
  ];
}
