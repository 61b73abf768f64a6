import { formatValue } from '../../campaign/format-setting.js';
import { isBetter } from '../../campaign/metric.js';
import { magnitude } from '../../campaign/space/sizes.js';
import { isLossStillFalling } from '../../methods/fit-first/growth/still-falling.js';
import { formatCount, formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import { type Evidence, meanAtEnd, type TrialGroup } from '../evidence.js';

/** How near to the fit ceiling a training metric is that cannot get better. */
const NEAR_CEILING = 0.01;

/** Why no size fits: at the size that came nearest, the loss still falls, is flat, or trials diverge. */
export function diagnoseNoFit(evidence: Evidence): Diagnosis[] {
  const { facts, finding, groups } = evidence;
  const { growth } = facts.plan;
  if (growth === null || finding('fitted')?.parameters !== null) return [];
  const all = groups('fit', 'grow');
  const metricOf = (group: TrialGroup): number | null => meanAtEnd(group, growth.metric);
  let best: { readonly group: TrialGroup; readonly value: number } | null = null;
  for (const group of all) {
    const value = metricOf(group);
    if (value !== null && (best === null || isBetter(growth.goal, value, best.value)))
      best = { group, value };
  }
  const diverged = all.flatMap(({ trials }) => trials).filter(({ state }) => state === 'diverged').length;
  const count = all.reduce((sum, { trials }) => sum + trials.length, 0);
  const found: Diagnosis[] = [];
  if (count > 0 && diverged * 2 >= count) {
    found.push({
      code: 'most-trials-diverge',
      numbers: { diverged, trials: count },
      because: `${diverged} of ${formatCount(count, 'trial')} of the growth diverged.`,
      suggestion:
        'Try learning rates that are ten times smaller, and check that the inputs are standardised.',
    });
  }
  if (best === null) return found;
  const { group, value } = best;
  const size = group.parameters[growth.parameter] ?? 0;
  const ceiling = facts.data?.fitCeiling ?? 1;
  if (ceiling < 1 && growth.goal === 'maximize' && value >= ceiling - NEAR_CEILING) {
    const rows = facts.data?.contradictingRows ?? 0;
    found.push({
      code: 'target-above-ceiling',
      numbers: { rows, ceiling, reached: value },
      because:
        `${formatCount(rows, 'row')} have the inputs of another row and a different target, so no network gets ` +
        `beyond ${growth.metric} ${formatNumber(ceiling)}; ${formatNumber(value)} was reached.`,
      suggestion: 'Leave out fit: {reach}, or set it below this ceiling. Check where the rows come from.',
    });
    return found;
  }
  const finished = group.trials.filter(({ state }) => state === 'finished');
  const falling = finished.filter(isLossStillFalling).length;
  const loss = meanAtEnd(group, 'train_loss');
  if (loss === null) return found;
  const epochs = Math.max(...finished.map(({ spec }) => spec.epochs));
  const where = `At ${growth.parameter} ${formatValue(size)}`;
  const numbers = { size: magnitude(size), epochs, loss, falling, trials: finished.length };
  // As in the reason that growth gives: a trial that still learns shows that the epochs may be too few.
  if (falling > 0) {
    found.push({
      code: 'loss-still-falling',
      numbers,
      because:
        `${where}, which comes nearest to a fit, the training loss still falls at epoch ${epochs} in ${falling} of ` +
        `${formatCount(finished.length, 'trial')}.`,
      suggestion: moreEpochs(epochs, growth.maxEpochs),
    });
  } else {
    found.push({
      code: 'loss-flat',
      numbers,
      because:
        `${where}, which comes nearest to a fit, the training loss is flat at ${formatNumber(loss)} after ` +
        `${formatCount(epochs, 'epoch')}.`,
      suggestion: 'More epochs do not help. Try more units, a second layer, or other learning rates.',
    });
  }
  return found;
}

/** What gives trials more epochs than these; `most` are those up to which they went on by themselves. */
function moreEpochs(epochs: number, most: number | undefined): string {
  if (most === undefined) return `Set epochs to ${2 * epochs}, or fit_first: {epochs: {grow: auto}}.`;
  return epochs < most
    ? 'Raise fit_first.grow_until.cost, which limits the epochs, too.'
    : 'Raise fit_first.epochs.most, up to which trials go on (8x if you leave it out).';
}
