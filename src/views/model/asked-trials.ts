import type { Campaign } from '../../campaign/campaign.js';
import { isSettled, type Settled, type Trial } from '../../campaign/trial.js';

/** A trial that the method asked for: one that has a number. */
export type Asked<State extends Trial = Trial> = State & { readonly number: number };

/** The trials that were asked for, in the order of their numbers. Those that only ride along are not among them. */
export function* askedTrials(campaign: Campaign): Generator<Asked> {
  for (const trial of campaign.trials.select(campaign.asked)) {
    if (isAsked(trial)) yield trial;
  }
}

/** The asked trials of which nothing more will come. */
export function* settledTrials(campaign: Campaign): Generator<Asked<Settled>> {
  for (const trial of askedTrials(campaign)) {
    if (isSettled(trial)) yield trial;
  }
}

/** True for a trial that has a number. */
export function isAsked<State extends Trial>(trial: State): trial is Asked<State> {
  return trial.number !== null;
}
