import { resolve } from 'node:path';
import type { Campaign } from '../campaign/campaign.js';
import type { CampaignEntry } from '../campaign/event.js';
import { type TrialKey, trialKey } from '../campaign/trial.js';
import type { ResolvedConfig } from '../config/resolved-config.js';
import { storedText } from '../config/stored-text.js';
import { workerCount } from '../execution/worker-count.js';
import type { Outlet } from '../outlets/outlet.js';
import type { OutletWarning } from '../outlets/outlet-group.js';
import { isFolderAt } from '../platform/path-kind.js';
import { type Controls, createControls } from '../runner/controls.js';
import { DEFAULT_FAILURE_LIMITS } from '../runner/retry-policy.js';
import { runCampaign as drive, type RunEnd } from '../runner/run-campaign.js';
import type { Snapshot } from '../views/model/campaign-source.js';
import { createExecutor } from './create-executor.js';
import { adoptTrials, type TrainedTrial } from './forecast/adopt-trials.js';
import { readKeptTrials, removeKeptTrials } from './forecast/kept-trials.js';
import { startFresh } from './fresh-folder.js';
import type { LiveSource } from './live-source.js';
import { writeModelFiles } from './model/write-model-files.js';
import { openSession } from './open-session.js';
import { continueCampaign, type PreparedCampaign, prepareCampaign } from './prepare-campaign.js';
import { hostsOf, remoteMessage, WorkersFile } from './remote/workers-file.js';

/** How a config is run. */
export interface RunConfigOptions {
  /** The results folder; `results/<name>` below the working directory. */
  readonly out?: string;
  /** Trials at once; what the config says, by default as many as this process may use cores. */
  readonly workers?: number | 'auto';
  /** Moves an existing results folder aside first. */
  readonly fresh?: boolean;
  /** Goes on where the search has changed, with every trial that has ended. */
  readonly extend?: boolean;
  /** Steering from outside. */
  readonly controls?: Controls;
  /** Called with each entry of the journal, from the first; with reports that arrived together one by one. */
  readonly onEntry?: (entry: CampaignEntry, campaign: Campaign) => void;
  /** Outlets in addition to the built-in ones. */
  readonly outlets?: readonly Outlet[];
  /** Trials that other campaigns have trained, by key; they do not run again. */
  readonly reused?: ReadonlyMap<TrialKey, TrainedTrial>;
  /** Called when the campaign is open, before the first trial; what it returns is called at the end. */
  readonly onOpen?: (source: LiveSource, folder: string) => () => void;
}

/** How a run ended: with its conclusion; interrupted; or with its budget used up. The latter two can go on. */
export type RunEnding = 'concluded' | 'interrupted' | 'budget-spent';

/** What a run came to. */
export interface RunResult {
  readonly campaign: Campaign;
  readonly ended: RunEnding;
  readonly folder: string;
  readonly snapshot: Snapshot;
  /** Outlets that failed, and why; what they should have written may be missing. */
  readonly warnings: readonly OutletWarning[];
  /** Whether result files are not up to date because the run had to stop. The next run updates them. */
  readonly isBehind: boolean;
  /** Whether the campaign was concluded before this run, which then trained nothing. */
  readonly wasConcluded: boolean;
  /** Trials of a dry run that this run reused. */
  readonly adopted: number;
  /** Trials of other campaigns that it reused. */
  readonly reused: number;
}

/**
 * Runs the campaign of a config file, or goes on with it where it stopped, and leaves its results in a folder.
 * Resolves when the campaign is concluded or the run was interrupted (`campaign.conclusion` is null then).
 * Throws FitfirstError for whatever lies outside the program.
 */
export async function runConfig(configPath: string, options: RunConfigOptions = {}): Promise<RunResult> {
  return runPrepared(await prepareCampaign(configPath), options);
}

/** The results folder of a campaign that is given none: `results/<name>` below the working directory. */
export function resultsFolder({ loaded }: PreparedCampaign): string {
  return resolve('results', loaded.config.name);
}

/** Runs a campaign that has been prepared. */
export async function runPrepared(prepared: PreparedCampaign, options: RunConfigOptions): Promise<RunResult> {
  const { loaded, facts } = prepared;
  const { config } = loaded;
  let current = prepared;
  const folder = options.out ?? resultsFolder(prepared);
  const controls = options.controls ?? createControls();
  const slots = slotsFor(config, options.workers ?? config.workers);
  if (options.fresh || !isFolderAt(folder)) {
    const beginning = { name: config.name, config: loaded.path, folder };
    await config.executor.kind.assertUsable?.(config.executor.options, beginning);
  }
  if (options.fresh) await startFresh(folder);

  await using session = await openSession({
    folder,
    facts,
    resumedFacts: (before) => {
      current = continueCampaign(prepared, before);
      return current.facts;
    },
    configText: storedText(loaded),
    configPath: loaded.path,
    controls,
    // Workers of other machines are not known yet.
    slots: config.executor.kind.isRemote === true ? 0 : slots,
    extend: options.extend ?? false,
    keptCheckpoints: config.trainer.keptCheckpoints,
    outlets: options.outlets ?? [],
    outletChoices: config.outlets,
    ...(options.onEntry && { onEntry: options.onEntry }),
  });
  const { store, networks, checkpoints, source } = session;
  const closeView = options.onOpen?.(source, folder) ?? (() => {});
  const clock = startClock(config.budget.hours, controls);
  const wasConcluded = store.campaign.conclusion !== null;
  let ended: RunEnding = 'concluded';
  const adopted = new Set<TrialKey>();
  const reused = new Set<TrialKey>();
  try {
    if (!wasConcluded) {
      await using workers = new WorkersFile(folder);
      const kept = await readKeptTrials(current.facts);
      const trainer = await createExecutor(current, folder, slots, (status) => {
        source.setWorkers({ slots: status.slots, message: remoteMessage(status), hosts: hostsOf(status) });
        workers.update(status);
      });
      await using executor = adoptTrials(trainer, (spec) => {
        const key = trialKey(current.facts.identity, spec);
        const trained = kept.get(key);
        if (trained !== undefined) adopted.add(key);
        const other = trained ?? options.reused?.get(key);
        if (other !== trained) reused.add(key);
        return other;
      });
      const limits = { ...DEFAULT_FAILURE_LIMITS, retries: config.retries, maxInARow: config.maxFailures };
      const maxTrials = config.budget.trials ?? Number.POSITIVE_INFINITY;
      const parts = { store, executor, networks, checkpoints, controls, limits, maxTrials };
      ended = endingOf((await drive(current.method, parts)).kind, clock.isSpent());
      if (ended === 'concluded') await removeKeptTrials(current.facts);
    }
    await session.finish();
    if (config.trainer.savesNetworks) await writeModelFiles(folder, store.campaign, networks);
  } finally {
    clock.stop();
    source.end();
    closeView();
  }
  const { warnings, isBehind } = session;
  const { campaign } = store;
  return {
    ...{ campaign, ended, folder, snapshot: source.getSnapshot(), warnings, isBehind, wasConcluded },
    adopted: adopted.size,
    reused: reused.size,
  };
}

/** Slots of other machines that the cores of this one do not limit. */
const MAX_REMOTE_SLOTS = 10_000;

function slotsFor({ executor }: ResolvedConfig, workers: number | 'auto'): number {
  return workers === 'auto' && executor.kind.isRemote === true ? MAX_REMOTE_SLOTS : workerCount(workers);
}

function endingOf(kind: RunEnd['kind'], isTimeSpent: boolean): RunEnding {
  switch (kind) {
    case 'concluded':
      return kind;
    case 'trials-spent':
      return 'budget-spent';
    case 'interrupted':
      return isTimeSpent ? 'budget-spent' : 'interrupted';
    default:
      return kind satisfies never;
  }
}

/** Ends the run after this number of hours, unless it has ended before. */
function startClock(hours: number | null, controls: Controls): { isSpent(): boolean; stop(): void } {
  let isSpent = false;
  const timer =
    hours === null
      ? null
      : setTimeout(() => {
          if (controls.draining.aborted) return;
          isSpent = true;
          controls.drain();
        }, hours * 3_600_000);
  return {
    isSpent: () => isSpent,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
