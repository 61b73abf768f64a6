import { formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import { type Evidence, meanMetric } from '../evidence.js';
import { uselessDropout } from './dropout-groups.js';

/** How near to the best possible score validation has to be. */
const CEILING = 0.99;

/** Dropout cannot help because validation is already as good as it gets. */
export function diagnoseDropoutRoom(evidence: Evidence): Diagnosis[] {
  const found = uselessDropout(evidence);
  if (found === null) return [];
  const name = ['val_accuracy', 'val_r2'].find(
    (one) => meanMetric(found.baseline, one, evidence.facts) !== null,
  );
  const value = name === undefined ? null : meanMetric(found.baseline, name, evidence.facts);
  if (name === undefined || value === null || value < CEILING) return [];
  return [
    {
      code: 'dropout-has-no-room',
      numbers: { [name]: value },
      because: `Dropout cannot help here: without it ${name} is ${formatNumber(value)} already.`,
      suggestion: 'Use the network without dropout.',
    },
  ];
}
