import { formatList } from '../../text/list.js';
import { formatCount, formatPercent } from '../../text/number.js';
import type { EpochsSaved } from '../model/epochs/epochs-saved.js';

/**
 * What `stop_early` saved, beside the epochs that were trained: `120 trials ended because they no longer improved and 8
 * trials because they fell behind. This saved 5,400 epochs, 56 % of all.`
 */
export function formatEpochsSaved(saved: EpochsSaved, epochsTrained: number): string {
  const { patience, 'stopped-early': behind } = saved;
  const trials = (count: number): string => `${formatCount(count, 'trial')} ended early because`;
  const ends = [
    ...(patience
      ? [`${trials(patience.trials)} ${patience.trials === 1 ? 'it' : 'they'} no longer improved`]
      : []),
    ...(behind ? [`${trials(behind.trials)} ${behind.trials === 1 ? 'it' : 'they'} fell behind`] : []),
  ];
  const epochs = (patience?.epochs_saved ?? 0) + (behind?.epochs_saved ?? 0);
  const share = formatPercent(epochs / (epochs + epochsTrained));
  return `${formatList(ends)}. This saved ${formatCount(epochs, 'epoch')}, ${share} of all.`;
}
