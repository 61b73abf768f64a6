import { formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import type { Evidence } from '../evidence.js';

/** Above this share, inputs are usually lost faster than networks gain from it. */
const HIGH = 0.25;

/** The chosen setting drops more than a quarter of the inputs. */
export function diagnoseInputDropout({ finding }: Evidence): Diagnosis[] {
  const rate = finding('chosen')?.parameters.input_dropout;
  if (typeof rate !== 'number' || rate <= HIGH) return [];
  return [
    {
      code: 'input-dropout-chosen',
      numbers: { input_dropout: rate },
      because: `The chosen input_dropout ${formatNumber(rate)} is above ${HIGH}, which is unusual.`,
      suggestion:
        'Many inputs may say the same or nothing: try with fewer columns, and compare on fresh repeats.',
    },
  ];
}
