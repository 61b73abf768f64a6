import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Campaign } from '../../campaign/campaign.js';
import type { CampaignEntry, CampaignFacts } from '../../campaign/event.js';
import { isSettled, type TrialKey } from '../../campaign/trial.js';
import { systemErrorCode } from '../../platform/system-error.js';
import { unwritable } from '../../platform/write-file.js';
import { type Asked, isAsked } from '../../views/model/asked-trials.js';
import type { Snapshot } from '../../views/model/campaign-source.js';
import type { Outlet } from '../outlet.js';
import { RepeatedTask } from '../repeated-task.js';
import { ReplayedFile } from '../replayed-file.js';
import {
  endEvents,
  experimentEvent,
  fileVersion,
  reportEvent,
  startEvents,
  trialFolder,
} from './trial-events.js';

/** Milliseconds between two writes. */
const INTERVAL = 1000;

/** Event files for TensorBoard: a folder with a run for each trial, and the experiment of the plugin HParams. */
export class TensorBoardOutlet implements Outlet {
  readonly name = 'tensorboard';
  readonly #files = new Map<TrialKey | 'experiment', ReplayedFile>();
  /** Files with bytes that are not written. */
  readonly #changed = new Set<ReplayedFile>();
  /** Trials that were asked for until now. */
  #asked = 0;
  /** Whether the folder holds runs that the campaign no longer has. */
  #isOutdated = false;
  readonly #flush: RepeatedTask;

  /**
   * `folder` is made if it does not exist; what it holds is replaced. Once `end` is aborted, nothing more is written
   * before `finish`.
   */
  constructor(
    private readonly folder: string,
    private readonly snapshot: () => Snapshot,
    end: AbortSignal | null,
  ) {
    this.#flush = new RepeatedTask(
      () => this.#write(),
      () => INTERVAL,
      end,
    );
  }

  onEntry({ at, event }: CampaignEntry): void {
    const { campaign } = this.snapshot();
    const { facts } = campaign;
    if (facts === null) return;
    const seconds = Date.parse(at) / 1000;
    switch (event.type) {
      case 'campaign-extended':
        this.#files.clear();
        this.#changed.clear();
        this.#asked = 0;
        this.#isOutdated = true;
        break;
      case 'batch-planned':
        this.#add(campaign, facts, seconds);
        break;
      case 'trial-started': {
        const trial = askedTrial(campaign, event.trial);
        if (trial !== null) this.#append(trial, facts, seconds, startEvents(trial, seconds));
        break;
      }
      case 'trial-reported': {
        const trial = askedTrial(campaign, event.trial);
        if (trial?.state !== 'running' || trial.attempts !== event.attempt) break;
        this.#experiment(facts, Object.keys(event.report.metrics), seconds);
        this.#append(trial, facts, seconds, [reportEvent(event.report, seconds)]);
        break;
      }
      case 'trial-finished':
      case 'trial-diverged':
      case 'trial-failed':
      case 'trial-stopped': {
        const trial = askedTrial(campaign, event.trial);
        if (trial === null || !isSettled(trial)) break;
        if (!this.#files.has(trial.key)) this.#append(trial, facts, seconds, startEvents(trial, seconds));
        this.#append(trial, facts, seconds, endEvents(trial, seconds));
        break;
      }
      default:
        return;
    }
    if (this.#changed.size > 0 || this.#isOutdated) this.#flush.ask();
  }

  /** Throws `RESULTS_UNWRITABLE`. */
  async finish(): Promise<void> {
    await this.#flush.cancel();
    await this.#write();
    for (const file of this.#files.values()) await file.finish();
  }

  /** Trials that ran before the method asked for them, or before the campaign was extended. */
  #add(campaign: Campaign, facts: CampaignFacts, seconds: number): void {
    for (const key of campaign.asked.slice(this.#asked)) {
      const trial = askedTrial(campaign, key);
      if (trial === null || trial.state === 'waiting') continue;
      this.#append(trial, facts, seconds, [
        ...startEvents(trial, seconds),
        ...trial.reports.toArray().map((report) => reportEvent(report, seconds)),
        ...(isSettled(trial) ? endEvents(trial, seconds) : []),
      ]);
      const metrics = trial.reports.names();
      if (metrics.length > 0) this.#experiment(facts, metrics, seconds);
    }
    this.#asked = campaign.asked.size;
  }

  /** Written once it is known what trials report. */
  #experiment(facts: CampaignFacts, metrics: readonly string[], seconds: number): void {
    if (this.#files.has('experiment')) return;
    this.#appendTo('experiment', '', seconds, [experimentEvent(facts, metrics, seconds)]);
  }

  #append(trial: Asked, facts: CampaignFacts, seconds: number, records: readonly Uint8Array[]): void {
    this.#appendTo(trial.key, trialFolder(trial, facts), seconds, records);
  }

  #appendTo(
    key: TrialKey | 'experiment',
    inner: string,
    seconds: number,
    records: readonly Uint8Array[],
  ): void {
    let file = this.#files.get(key);
    if (file === undefined) {
      const name = `events.out.tfevents.${Math.floor(seconds)}.fitfirst`;
      file = new ReplayedFile(join(this.folder, inner, name));
      this.#files.set(key, file);
      file.append(fileVersion(seconds));
    }
    for (const record of records) file.append(record);
    this.#changed.add(file);
  }

  async #clear(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => []))
      if (OWN.test(name)) await rm(join(this.folder, name), { recursive: true, force: true });
  }

  async #write(): Promise<void> {
    if (this.#isOutdated) {
      this.#isOutdated = false;
      await this.#clear();
    }
    if (this.#changed.size > 0) await makeFolder(this.folder);
    for (const file of [...this.#changed]) {
      await makeFolder(dirname(file.path));
      this.#changed.delete(file);
      await file.flush().catch((error: unknown) => {
        this.#changed.add(file);
        throw error;
      });
    }
  }
}

/** What the outlet itself has made in its folder. */
const OWN = /^(\d{5,},.*repeat=\d+|events\.out\.tfevents\.\d+\.fitfirst)$/;

function askedTrial({ trials }: Campaign, key: TrialKey): Asked | null {
  const trial = trials.get(key);
  return trial !== undefined && isAsked(trial) ? trial : null;
}

/** Makes a folder in one that exists: a results folder that was deleted must not come back without its journal. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'EEXIST') throw unwritable(path, error);
  });
}
