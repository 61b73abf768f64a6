import type { Campaign } from '../campaign/campaign.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';

/** What the process ends with. */
export const exitCode = {
  done: 0,
  /** A mistake of ours. */
  bug: 1,
  /** A bad config, bad data, a bad command line, or a folder that cannot be used. */
  usage: 2,
  /** Nothing fits, and the config says to stop then. */
  nothingFits: 3,
  /** Too many trials failed. */
  trialsFailed: 4,
  /** Can be resumed. */
  interrupted: 130,
} as const;

/** The exit code of a campaign that has come to its end. */
export function exitCodeOf(campaign: Campaign): number {
  if (campaign.conclusion === null) return exitCode.interrupted;
  if (campaign.conclusion.chosen !== null) return exitCode.done;
  const stopped = campaign.batches.every((batch) => batch.stage === 'grow');
  const finished = campaign.trials.some((trial) => trial.state === 'finished');
  return stopped && finished ? exitCode.nothingFits : exitCode.trialsFailed;
}

/** The exit code of what was thrown. */
export function exitCodeOfError(error: unknown): number {
  if (!(error instanceof FitfirstError)) return exitCode.bug;
  return error.code === 'TRIALS_FAILED' ? exitCode.trialsFailed : exitCode.usage;
}
