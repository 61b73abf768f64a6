import type { Settled } from '../../../campaign/trial.js';
import { formatCount } from '../../../text/number.js';
import type { Batch, Procedure } from '../../method.js';
import type { FitFirstOptions } from '../options.js';
import { isStillFalling } from './still-falling.js';

/** What is known of the trials of one repeat before they run. */
export interface RepeatContext {
  /** Words for the size, such as `hidden 16`, with the repeat unless it is the first. */
  readonly words: string;
  /** For each trial, whether its setting fitted on all earlier repeats. */
  readonly isUnbeaten: readonly boolean[];
}

/**
 * Runs one repeat of a size. Trials that do not fit and whose training loss still falls then go on with twice the
 * epochs, up to the bound, so that a size is not blamed for a lack of epochs. That ends as soon as a setting has
 * fitted on this repeat and all earlier ones: the size may fit then, and longer trials of the other settings would
 * decide nothing. Returns the longest trial of each setting. Without a bound above the first number of epochs, the
 * batch runs as it is.
 */
export function* runUntilKnown(
  batch: Batch,
  { words, isUnbeaten }: RepeatContext,
  { epochs: { grow, maxGrow = grow } }: FitFirstOptions,
): Procedure<readonly Settled[]> {
  if (maxGrow <= grow) return yield batch;
  let settled = yield { ...batch, maxEpochs: maxGrow };
  for (let epochs = grow; epochs < maxGrow; ) {
    if (settled.some((trial, index) => isUnbeaten[index] === true && hasFitted(trial))) break;
    const going = settled.filter((trial) => trial.spec.epochs === epochs && goesOn(trial));
    if (going.length === 0) break;
    const before = epochs;
    epochs = Math.min(maxGrow, 2 * epochs);
    const longer = yield {
      ...batch,
      because: whyLonger(words, { going: going.length, of: settled.length, before, epochs }),
      trials: going.map(({ spec }) => ({ ...spec, epochs })),
      maxEpochs: maxGrow,
    };
    const longest = new Map(going.map((trial, index) => [trial, longer[index] ?? trial]));
    settled = settled.map((trial) => longest.get(trial) ?? trial);
  }
  return settled;
}

function hasFitted(trial: Settled): boolean {
  return trial.state === 'finished' && trial.reason === 'fit';
}

/** A trial that ended before its last epoch, for example by `patience`, would end there with more epochs too. */
function goesOn(trial: Settled): boolean {
  const isWhole = trial.state === 'finished' && trial.reports.last()?.epoch === trial.spec.epochs;
  return isWhole && !hasFitted(trial) && isStillFalling(trial);
}

function whyLonger(
  words: string,
  count: { readonly going: number; readonly of: number; readonly before: number; readonly epochs: number },
): string {
  const { going, of, before, epochs } = count;
  if (of === 1)
    return `${words} does not fit after ${before} epochs, and its loss still falls: ${epochs} epochs.`;
  const settings = `${going} of ${formatCount(of, 'setting')}`;
  const verbs = going === 1 ? 'does not fit' : 'do not fit';
  const whose = going === 1 ? 'its' : 'their';
  return `${words}: ${settings} ${verbs} after ${before} epochs, and ${whose} loss still falls: ${epochs} epochs.`;
}
