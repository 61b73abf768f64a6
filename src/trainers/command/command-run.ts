import type { CommandOptions } from '../../execution/command-options.js';
import type { EpochCount } from '../../execution/epoch-count.js';
import type { EarlyEnd } from '../../execution/run-trainer.js';
import type { ReportedOnce } from '../../execution/trainer.js';
import type { TrialPlaces } from '../../execution/trial-directory.js';
import type { CommandRuntime } from './command-runtime.js';
import type { Launcher } from './launcher/launcher.js';

/** What one run of a command is given besides the spec. */
export interface CommandRun {
  readonly options: CommandOptions;
  readonly places: TrialPlaces;
  /** The campaign's seed. */
  readonly seed: number;
  /** Variables that name what of the scarce things is this trial's. */
  readonly resources: Readonly<Record<string, string>>;
  readonly launcher: Launcher;
  readonly runtime: CommandRuntime;
  /** `$FITFIRST_CHECKPOINT_DIR`; null if no shorter trial went before and no longer one can follow. */
  readonly checkpointDirectory: string | null;
  /** Counts the epochs of the reports. */
  readonly epochCount: EpochCount;
  /** Ends the run. */
  readonly signal: AbortSignal;
  /** Called with what belongs to the whole trial, before the trainer ends. */
  readonly onceReported?: ((once: ReportedOnce) => void) | undefined;
  /** Why the caller closes the trainer before its end; null if for no reason of the trial's own. */
  readonly earlyEnd: () => EarlyEnd | null;
}
