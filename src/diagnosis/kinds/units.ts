import { formatPercent } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import type { Evidence, MeasuredNetwork } from '../evidence.js';

/** A share of units that is worth a word. */
const MIN_SHARE = 0.2;

/** Hidden units that do nothing: dead units of relu, saturated units of tanh and sigmoid. */
export function diagnoseUnits({ networks }: Evidence): Diagnosis[] {
  const network = networks.baseline ?? networks.chosen;
  return network === null ? [] : [...dead(network), ...saturated(network)];
}

function dead({ health }: MeasuredNetwork): Diagnosis[] {
  return health.layers.flatMap(({ units, dead: count }, i): Diagnosis[] => {
    if (count < 2 || count / units < MIN_SHARE) return [];
    return [
      {
        code: 'units-dead',
        numbers: { layer: i + 1, units, dead: count },
        because:
          `${count} of ${units} units of hidden layer ${i + 1} (${formatPercent(count / units)}) are 0 on every row ` +
          'that was looked at, so they do not learn any more.',
        suggestion: 'Try a smaller learning rate, or activation: tanh.',
      },
    ];
  });
}

function saturated({ health }: MeasuredNetwork): Diagnosis[] {
  return health.layers.flatMap(({ units, saturated: count }, i): Diagnosis[] => {
    if (count < 2 || count / units < MIN_SHARE) return [];
    return [
      {
        code: 'units-saturated',
        numbers: { layer: i + 1, units, saturated: count },
        because:
          `${count} of ${units} units of hidden layer ${i + 1} (${formatPercent(count / units)}) are at a limit of ` +
          'their activation on nearly every row, where they hardly learn.',
        suggestion: 'Try smaller initial weights (init: glorot), standardised inputs, or activation: relu.',
      },
    ];
  });
}
