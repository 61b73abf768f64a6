import { formatList } from '../../text/list.js';
import { formatCount, formatPercent } from '../../text/number.js';
import type { EpochsSaved } from '../summary/epochs-saved.js';

/**
 * What ending trials early saved, beside the epochs that were trained: `120 trials no longer improved and 1 trial fell
 * behind. This saved 5,400 epochs, 56 % of all.` The text stands next to the words `ended early`.
 */
export function formatEpochsSaved(saved: EpochsSaved, epochsTrained: number): string {
  const { patience, 'stopped-early': behind } = saved;
  const ends = [
    ...(patience ? [`${formatCount(patience.trials, 'trial')} no longer improved`] : []),
    ...(behind ? [`${formatCount(behind.trials, 'trial')} fell behind`] : []),
  ];
  const epochs = (patience?.epochs_saved ?? 0) + (behind?.epochs_saved ?? 0);
  const share = formatPercent(epochs / (epochs + epochsTrained));
  return `${formatList(ends)}. This saved ${formatCount(epochs, 'epoch')}, ${share} of all.`;
}
