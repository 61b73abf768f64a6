import { log } from '../../numeric/elementary.js';
import { formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import type { Evidence } from '../evidence.js';

/** A start that is this many times the loss of guessing is far from it. */
const MAX_RATIO = 2;

/** A first loss far above ln K: the network is sure of wrong answers before it has learned anything. */
export function diagnoseFirstLoss({ facts, networks }: Evidence): Diagnosis[] {
  const classes = facts.data?.classes?.length ?? 0;
  const loss = (networks.baseline ?? networks.chosen)?.health.firstLoss ?? null;
  if (classes < 2 || loss === null) return [];
  const guess = log(classes);
  if (loss <= MAX_RATIO * guess) return [];
  return [
    {
      code: 'first-loss-off',
      numbers: { loss, guess, classes },
      because:
        `Before training, the loss is ${formatNumber(loss)}. A guess among ${classes} classes has ` +
        `ln ${classes} = ${formatNumber(guess)}.`,
      suggestion: 'Try smaller initial weights (init: glorot or a smaller number), and standardised inputs.',
    },
  ];
}
