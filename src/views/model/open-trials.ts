import type { Campaign } from '../../campaign/campaign.js';
import { isSettled, type Settled } from '../../campaign/trial.js';
import { type Asked, isAsked } from './asked-trials.js';

/** Which asked trials were not settled at the last update. An update costs no more than their number. */
export interface OpenTrials {
  /** Trials asked for then. */
  readonly asked: number;
  /** Numbers of those that were not settled, in rising order. */
  readonly open: readonly number[];
}

/** Before the first update. */
export const nothingSeen: OpenTrials = { asked: 0, open: [] };

/** What is open now, and what has settled since, in the order of the numbers. */
export function updateOpenTrials(
  campaign: Campaign,
  before: OpenTrials,
): { readonly now: OpenTrials; readonly settled: readonly Asked<Settled>[] } {
  const open: number[] = [];
  const settled: Asked<Settled>[] = [];
  const visit = (number: number): void => {
    const key = campaign.asked.get(number - 1);
    const trial = key === undefined ? undefined : campaign.trials.get(key);
    if (isSettled(trial) && isAsked(trial)) settled.push(trial);
    else open.push(number);
  };
  for (const number of before.open) visit(number);
  for (let number = before.asked + 1; number <= campaign.asked.size; number++) visit(number);
  return { now: { asked: campaign.asked.size, open }, settled };
}

/** How many asked trials have settled. */
export function settledCount({ asked, open }: OpenTrials): number {
  return asked - open.length;
}
