import { formatWhole } from '../../text/number.js';
import type { FitFirstPlanOptions } from './resolve.js';

/** How long trials train where stages differ, as a line for people: its label and its text. */
export function describeEpochs({
  epochs: { grow, dropout },
}: Pick<FitFirstPlanOptions, 'epochs'>): readonly (readonly [label: string, text: string])[] {
  const after = `${formatWhole(dropout)} after that`;
  if (typeof grow !== 'number') {
    const most = formatWhole(grow.most);
    return [
      ['epochs', `${formatWhole(grow.from)} in growth, up to ${most} for trials that still learn; ${after}`],
    ];
  }
  return grow === dropout ? [] : [['epochs', `${formatWhole(grow)} in growth, ${after}`]];
}
