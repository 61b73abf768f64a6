import type { Campaign } from '../campaign/campaign.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { systemErrorCode } from '../platform/system-error.js';

/** The exit codes of the process. */
export const exitCode = {
  done: 0,
  /** A bug in fitfirst. */
  bug: 1,
  /** A bad config, bad data, a bad command line, a folder that cannot be used, or a refusal of the operating system. */
  usage: 2,
  /** Nothing fits and the config says to stop then, or no setting trains: every one diverges. */
  nothingFits: 3,
  /** Too many trials failed to go on, or to choose a setting. */
  trialsFailed: 4,
  /** Stopped by a signal or a person; a run without a conclusion can be resumed. */
  interrupted: 130,
} as const;

/** The exit code that fits a campaign; 130 where it is not concluded. */
export function exitCodeOf(campaign: Campaign): number {
  const kind = campaign.conclusion?.kind ?? 'stopped';
  switch (kind) {
    case 'chosen':
      return exitCode.done;
    case 'nothing-fits':
      return exitCode.nothingFits;
    case 'failed':
      return exitCode.trialsFailed;
    case 'stopped':
      return exitCode.interrupted;
    default:
      return kind satisfies never;
  }
}

/** The exit code for an error. */
export function exitCodeOfError(error: unknown): number {
  if (!(error instanceof FitfirstError))
    return systemErrorCode(error) === null ? exitCode.bug : exitCode.usage;
  switch (error.code) {
    case 'TRIALS_FAILED':
      return exitCode.trialsFailed;
    case 'INTERRUPTED':
      return exitCode.interrupted;
    default:
      return exitCode.usage;
  }
}
