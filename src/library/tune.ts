import { join } from 'node:path';
import { prepareCampaign } from '../app/prepare-campaign.js';
import { type RunEnding, type RunResult, resultsFolder, runPrepared } from '../app/run-config.js';
import { type Campaign, emptyCampaign } from '../campaign/campaign.js';
import { type CampaignRecord, campaignRecord } from '../campaign/campaign-record.js';
import type { CampaignEntry } from '../campaign/event.js';
import type { Parameters } from '../campaign/parameters.js';
import type { ConfigObject } from '../config/parse-draft.js';
import { parseCampaignEvent } from '../journal/campaign-event.js';
import { journalFileName } from '../journal/file-journal.js';
import { readEntries } from '../journal/journal-reader.js';
import type { Outlet } from '../outlets/outlet.js';
import type { OutletWarning } from '../outlets/outlet-group.js';
import { type Controls, createControls } from '../runner/controls.js';
import { type Summary, summarise } from '../views/summary/summary.js';
import { configObject } from './config-object.js';
import { EventStream, type TuneEvent } from './event-stream.js';
import type { AnyCampaignConfig, CampaignConfig, SpaceConfig } from './tune-config.js';

/** How a campaign is run, apart from what it is. */
export interface TuneOptions {
  /** The results folder. Default: `results/<name>` below the working directory. */
  readonly folder?: string;
  /** Trials at once. Default: what the config says. Results do not depend on it. */
  readonly workers?: number | 'auto';
  /** Moves an existing results folder aside first. */
  readonly fresh?: boolean;
  /** Goes on with a changed search and keeps every trial that has ended. */
  readonly extend?: boolean;
  /**
   * Stops the run when it is aborted; `result` then resolves with `ended: 'interrupted'`, and the same call goes on.
   */
  readonly signal?: AbortSignal;
  /** Outlets besides the built-in ones, which write the result files. */
  readonly outlets?: readonly Outlet[];
}

/** The result of a run. */
export interface TuneResult {
  /** The setting that the method chose; null if it chose none, or has not yet. */
  readonly chosen: Parameters | null;
  /** Whether the campaign is concluded; otherwise the same call goes on with it. */
  readonly ended: RunEnding;
  /** What `summary.json` holds. */
  readonly summary: Summary;
  /** The results folder. */
  readonly folder: string;
  readonly campaign: CampaignRecord;
  /** Outlets that failed, and why. */
  readonly warnings: readonly OutletWarning[];
}

/**
 * A campaign that runs. Iterate over it for its events, wait for `result`, or both. Leaving the iteration does not stop
 * the run; `stop` and the signal do.
 */
export interface TuneRun extends AsyncIterable<TuneEvent> {
  /**
   * Resolves at the end of the run. Rejects with a FitfirstError for a bad config, bad data and whatever else lies
   * outside of the program; so does the iteration.
   */
  readonly result: Promise<TuneResult>;
  /** The campaign as it is now. */
  readonly campaign: CampaignRecord;
  /** Starts no further trial until `resume`. */
  pause(): void;
  resume(): void;
  /** Lets running trials finish and starts no other. */
  drain(): void;
  /** Ends running trials at once. Nothing that finished is lost. */
  stop(): void;
}

/**
 * Runs a campaign, or goes on with it if its results folder holds a part of it: a config as an object, or the path of
 * a config file.
 */
export function tune<const Space extends SpaceConfig>(config: CampaignConfig<Space> & TuneOptions): TuneRun;
export function tune(path: string, options?: TuneOptions): TuneRun;
export function tune(config: string | (AnyCampaignConfig & TuneOptions), options: TuneOptions = {}): TuneRun {
  if (typeof config === 'string') return new Run(() => config, options);
  const { folder: _, fresh: __, extend: ___, signal: ____, outlets: _____, ...campaign } = config;
  return new Run(() => configObject(campaign), config);
}

class Run implements TuneRun {
  readonly result: Promise<TuneResult>;
  readonly #controls: Controls = createControls();
  readonly #events = new EventStream();
  #campaign: Campaign = emptyCampaign;

  /** `readSource` may throw, which is then how the run ends. */
  constructor(readSource: () => string | ConfigObject, options: TuneOptions) {
    this.result = this.#run(readSource, options);
    this.result.then(
      () => this.#events.close('ended'),
      (error: unknown) => this.#events.close({ error }),
    );
  }

  get campaign(): CampaignRecord {
    return campaignRecord(this.#campaign);
  }

  [Symbol.asyncIterator](): AsyncIterator<TuneEvent> {
    // The iteration throws the error.
    this.result.catch(() => {});
    return this.#events.read();
  }

  pause(): void {
    if (this.#controls.state === 'running') this.#controls.togglePause();
  }

  resume(): void {
    if (this.#controls.state === 'paused') this.#controls.togglePause();
  }

  drain(): void {
    this.#controls.drain();
  }

  stop(): void {
    this.#controls.stop();
  }

  async #run(readSource: () => string | ConfigObject, options: TuneOptions): Promise<TuneResult> {
    const { signal } = options;
    const stop = (): void => this.stop();
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    try {
      const prepared = await prepareCampaign(readSource());
      const out = options.folder ?? resultsFolder(prepared);
      this.#events.open(() => readEntries(join(out, journalFileName), parseCampaignEvent));
      const onEntry = (entry: CampaignEntry, campaign: Campaign): void => {
        this.#campaign = campaign;
        this.#events.push(entry);
      };
      const { workers, fresh = false, extend = false, outlets = [] } = options;
      const run = { out, fresh, extend, outlets, onEntry, controls: this.#controls };
      return resultOf(await runPrepared(prepared, workers === undefined ? run : { ...run, workers }));
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}

function resultOf({ campaign, ended, folder, warnings }: RunResult): TuneResult {
  const summary = summarise(campaign);
  return { chosen: summary.chosen, ended, summary, folder, campaign: campaignRecord(campaign), warnings };
}
