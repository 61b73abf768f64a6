import { cos } from '../numeric/elementary.js';
import type { MlpParameters } from './mlp-parameters.js';

type Schedule = MlpParameters['lr_schedule'];

/** From `from` at progress 0 to `to` at 1, along half a cosine. */
function halfCosine(from: number, to: number, progress: number): number {
  return to + ((from - to) * (1 + cos(Math.PI * progress))) / 2;
}

const RISE = 0.3;
const START = 1 / 25;
const END = START / 10_000;

/** The share of the learning rate at a progress from 0, before the first update, to 1, after the last. */
function shareAt(schedule: Schedule, progress: number): number {
  switch (schedule) {
    case 'constant':
      return 1;
    case 'cosine':
      return halfCosine(1, 0, progress);
    case 'step':
      return progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01;
    case 'one_cycle':
      // Smith and Topin 2018, with the shares that PyTorch's OneCycleLR has by default.
      return progress < RISE
        ? halfCosine(START, 1, progress / RISE)
        : halfCosine(1, END, (progress - RISE) / (1 - RISE));
    default:
      return schedule satisfies never;
  }
}

/**
 * The learning rate of each update of an epoch (counted from 1). Fills the given array, one value an update, and
 * returns it. The schedule runs over `horizon` epochs; after it the rate stays as it ended.
 */
export function learningRates(
  parameters: Pick<MlpParameters, 'learning_rate' | 'lr_schedule'>,
  epoch: number,
  horizon: number,
  rates: Float64Array,
): Float64Array {
  const updates = rates.length;
  for (let k = 0; k < updates; k++) {
    const progress = Math.min(1, ((epoch - 1) * updates + k) / (horizon * updates));
    rates[k] = parameters.learning_rate * shareAt(parameters.lr_schedule, progress);
  }
  return rates;
}
