import { scoredReport } from '../../../campaign/trial-score.js';
import type { FitFirstOptions } from '../options.js';
import type { SizeResult } from './judge-size.js';
import { retunedAt } from './next-draws.js';

/**
 * The options for growing on and the later stages, if trials of the grow stage may go on. They train for at least as
 * many epochs as the trials of the fitted size that fit. If no size fits, it is as many as their best epoch on
 * validation needs: the least of the lengths of growing trials that reaches it.
 */
export function optionsAfterGrowth(start: SizeResult, options: FitFirstOptions): FitFirstOptions {
  const { grow, maxGrow = grow, dropout } = options.epochs;
  if (maxGrow <= grow) return options;
  const needed = Math.max(...start.best.trials.map((trial) => neededEpochs(trial, start.fits, options)));
  const isRaised = needed > dropout;
  const epochs = { grow: Math.max(grow, needed), dropout: Math.max(dropout, needed), isRaised };
  return { ...options, epochs, retune: retunedAt(start, options) };
}

function neededEpochs(
  trial: SizeResult['best']['trials'][number],
  fits: boolean,
  { epochs: { grow, maxGrow = grow }, comparison }: FitFirstOptions,
): number {
  if (trial.state !== 'finished') return 0;
  if (fits) return trial.reason === 'fit' ? trial.spec.epochs : 0;
  const best = scoredReport(trial, comparison)?.epoch ?? 0;
  let length = grow;
  while (length < best) length = Math.min(maxGrow, 2 * length);
  return length;
}
