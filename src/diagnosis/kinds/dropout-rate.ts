import { canonicalJson } from '../../campaign/canonical-json.js';
import { formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import { type Evidence, meanAtEnd } from '../evidence.js';
import { uselessDropout } from './dropout-groups.js';

/** Dropout was tried at one learning rate only, and training is slower with it. */
export function diagnoseDropoutRate(evidence: Evidence): Diagnosis[] {
  const found = uselessDropout(evidence);
  if (found === null) return [];
  const rates = new Set(found.all.map(({ parameters }) => canonicalJson(parameters.learning_rate ?? null)));
  const rate = found.withDropout.parameters.learning_rate;
  const [own, other] = [meanAtEnd(found.withDropout, 'train_loss'), meanAtEnd(found.baseline, 'train_loss')];
  if (rates.size !== 1 || typeof rate !== 'number' || own === null || other === null || own <= other)
    return [];
  return [
    {
      code: 'dropout-keeps-learning-rate',
      numbers: { learning_rate: rate, with_dropout: own, without: other },
      because:
        `Dropout was tried at learning_rate ${formatNumber(rate)} alone, and the training loss ends at ` +
        `${formatNumber(own)} with it and ${formatNumber(other)} without.`,
      suggestion:
        'Give learning_rate several values, so that it is tuned again with dropout, which needs larger ones.',
    },
  ];
}
