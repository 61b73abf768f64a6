import { resolve } from 'node:path';
import type { Campaign } from '../campaign/campaign.js';
import { writeReport } from '../cli/commands/report.js';
import { workerCount } from '../execution/worker-count.js';
import { DerivedFiles } from '../outlets/derived-files.js';
import { type Controls, createControls } from '../runner/controls.js';
import { usualLimits } from '../runner/retry-policy.js';
import { runCampaign as drive, type RunEnd } from '../runner/run-campaign.js';
import type { CampaignEntry, Store } from '../runner/store.js';
import type { Snapshot } from '../views/model/campaign-source.js';
import { createExecutor } from './create-executor.js';
import { beginAnew } from './fresh-folder.js';
import { createLiveSource, type LiveSource } from './live-source.js';
import { NetworkFiles } from './network-files.js';
import { openResults } from './open-results.js';
import { type PreparedCampaign, prepareCampaign } from './prepare-campaign.js';
import { writeModelFiles } from './write-model-files.js';

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
  /** Hears of every entry of the journal, from the first. */
  readonly onEntry?: (entry: CampaignEntry) => void;
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
}

/**
 * Runs the campaign of a config file, or goes on with it where it stopped, and leaves its results in a folder.
 * Resolves when the campaign is concluded or the run was interrupted (`campaign.conclusion` is null then).
 * Throws FitfirstError for whatever lies outside the program.
 */
export async function runConfig(configPath: string, options: RunConfigOptions = {}): Promise<RunResult> {
  return runPrepared(await prepareCampaign(configPath), options);
}

/** Runs a campaign that has been prepared. */
export async function runPrepared(prepared: PreparedCampaign, options: RunConfigOptions): Promise<RunResult> {
  const { loaded, facts, method, trainer } = prepared;
  const { config } = loaded;
  const folder = options.out ?? resolve('results', config.name);
  const controls = options.controls ?? createControls();
  const slots = workerCount(options.workers ?? config.workers);
  if (options.fresh) await beginAnew(folder);

  let opened: Store | null = null;
  const source = createLiveSource(() => opened, controls, slots);
  const hear = (entry: CampaignEntry): void => {
    source.hear(entry);
    options.onEntry?.(entry);
    if (entry.event.type.startsWith('trial-')) derived.refresh();
  };
  const derived = new DerivedFiles(folder, () => source.getSnapshot());
  await using results = await openResults(folder, facts, loaded.text, hear, options.extend);
  opened = results.store;
  const closeView = options.onOpen?.(source, folder) ?? (() => {});
  const networks = new NetworkFiles(folder);
  const clock = startClock(config.budget.hours, controls);
  let ended: RunEnding = 'concluded';
  try {
    if (results.store.campaign.conclusion === null) {
      await using executor = await createExecutor(prepared, folder, slots);
      const limits = { ...usualLimits, retries: config.retries, most: config.maxFailures };
      const maxTrials = config.budget.trials ?? Number.POSITIVE_INFINITY;
      const parts = { store: results.store, executor, networks, controls, limits, maxTrials };
      ended = endingOf((await drive(method, parts)).kind, clock.isSpent());
    }
    await derived.finish();
    if (trainer.kind === 'mlp') await writeModelFiles(folder, results.store.campaign, networks);
    if (results.store.campaign.conclusion !== null) await writeReport(folder, results.store.campaign);
  } finally {
    clock.stop();
    source.end();
    closeView();
  }
  return { campaign: results.store.campaign, ended, folder, snapshot: source.getSnapshot() };
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

/** Lets the run come to rest after so many hours, unless somebody else has ended it before. */
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
