import { formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import type { Evidence } from '../evidence.js';

/** Standardised inputs have a root mean square of 1. */
const MAX_SIZE = 10;
/** Inputs with more than this between them hardly learn at one learning rate. */
const MAX_RATIO = 1000;

/** Inputs that are far from the scale that networks are made for. */
export function diagnoseInputs({ networks }: Evidence): Diagnosis[] {
  const inputs = (networks.baseline ?? networks.chosen)?.health.inputs;
  if (inputs === undefined) return [];
  const { largest, smallest } = inputs;
  // A rare category has small numbers even where inputs are standardised over all rows.
  if (largest <= MAX_SIZE && (largest < 1 || smallest * MAX_RATIO >= largest)) return [];
  return [
    {
      code: 'inputs-unscaled',
      numbers: { largest, smallest },
      because:
        `Inputs have very different scales: their root mean squares go from ${formatNumber(smallest)} to ` +
        `${formatNumber(largest)}, and networks learn best near 1.`,
      suggestion: 'Leave out standardize: false, or scale the columns yourself.',
    },
  ];
}
