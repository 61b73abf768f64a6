import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Campaign } from '../campaign/campaign.js';
import type { CampaignEntry, CampaignFacts } from '../campaign/event.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { SingleEntries } from '../campaign/reported-epochs.js';
import type { KeptCheckpoints } from '../execution/checkpoint-store.js';
import { builtInOutlets } from '../outlets/built-in-outlets.js';
import type { OutletChoice } from '../outlets/kinds/outlet-kind.js';
import type { Outlet, OutletContext } from '../outlets/outlet.js';
import { OutletGroup, type OutletWarning } from '../outlets/outlet-group.js';
import { displayPath } from '../platform/display-path.js';
import type { Controls } from '../runner/controls.js';
import type { EntryListener, Store } from '../runner/store.js';
import { overviewFacts } from '../views/campaigns/campaign-overview.js';
import { countProgress } from '../views/model/progress.js';
import { CheckpointFiles } from './checkpoints/checkpoint-files.js';
import type { JournalSnapshot } from './journal-snapshot/journal-snapshot.js';
import { SnapshotWriter } from './journal-snapshot/snapshot-writer.js';
import { createLiveSource, type LiveSource } from './live-source.js';
import { NetworkFiles } from './model/network-files.js';
import { type OpenResults, openResults } from './open-results.js';
import { WrittenFiles } from './result-files/written-files.js';

/** What a session is opened with. */
export interface SessionOptions {
  /** The results folder, made if it does not exist. The session holds its lock. */
  readonly folder: string;
  readonly facts: CampaignFacts;
  /** The facts with which a campaign goes on that began with others; by default the same. */
  readonly resumedFacts?: (before: CampaignFacts) => CampaignFacts;
  /** The text of `config.yaml` in the results folder. */
  readonly configText: string;
  /** The file of the config, for the report; left out if there is none. */
  readonly configPath?: string;
  readonly controls: Controls;
  /** Trials that may run at once, for views. */
  readonly slots: number;
  /** Whether the search, or the code of the trainer, may have changed since the campaign began. */
  readonly extend?: boolean;
  /** Which checkpoints stay when the campaign has ended; none by default. */
  readonly keptCheckpoints?: KeptCheckpoints | undefined;
  /** Outlets in addition to the built-in ones. */
  readonly outlets?: readonly Outlet[];
  /** Those that the config names. */
  readonly outletChoices?: readonly OutletChoice[];
  /** Called with each entry of the journal, from the first; with reports that arrived together one by one. */
  readonly onEntry?: (entry: CampaignEntry, campaign: Campaign) => void;
}

/** A campaign that is open in this process: its journal, its files and those who look at it. */
export interface Session extends AsyncDisposable {
  readonly folder: string;
  readonly store: Store;
  readonly networks: NetworkFiles;
  readonly checkpoints: CheckpointFiles;
  readonly source: LiveSource;
  /** Outlets that have failed so far, and why. */
  readonly warnings: readonly OutletWarning[];
  /**
   * Lets the outlets finish. None of them is called afterwards. Once the run is to stop, they have a second for it;
   * `isBehind` says whether they leave work to a later run.
   */
  finish(): Promise<void>;
  /** Whether result files are not up to date because the run had to stop. */
  readonly isBehind: boolean;
  /** Throws `CAMPAIGN_MISSING` if the folder, its journal or its lock was deleted, moved or replaced. */
  assertInPlace(): Promise<void>;
}

/**
 * Opens a results folder and wires everything that follows a campaign to its journal. Throws CONFIG_CHANGED and
 * DATA_CHANGED if the folder holds another campaign, and what opening a journal throws. Stops the run by its controls
 * if the folder, the journal or its lock is deleted, moved or replaced.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { folder, facts, configText, controls, slots, extend = false } = options;
  const { resumedFacts = () => facts } = options;
  const source = createLiveSource(controls, slots);
  const giveUp = new AbortController();
  let isBehind = false;
  const config = await pathFrom(folder, options.configPath);
  let seq = 0;
  let restoredSeq = 0;
  let journal: OpenResults['journal'] | null = null;
  const files = new WrittenFiles({
    folder,
    config,
    journal: () =>
      journal && {
        path: journal.path,
        durableBytes: journal.durableBytes,
        seq: Math.max(seq, restoredSeq),
      },
  });
  const context: OutletContext = {
    folder,
    config,
    snapshot: () => source.getSnapshot(),
    files,
    giveUp: giveUp.signal,
    onBehind: () => {
      isBehind = true;
    },
  };
  const others = [
    ...(await Promise.all(
      (options.outletChoices ?? []).map(({ kind, options }) => kind.create(options, context)),
    )),
    ...(options.outlets ?? []),
  ];
  const outlets = new OutletGroup([...builtInOutlets.map((create) => create(context)), ...others]);
  let snapshots: SnapshotWriter | null = null;
  let snapshotBytes = 0;
  const singles = new SingleEntries();
  const hear: EntryListener = (entry, campaign) => {
    source.hear(entry, campaign);
    seq = entry.seq;
    snapshots?.onEntry();
    // Listeners and outlets hear of each report by itself.
    for (const single of singles.of(entry)) {
      options.onEntry?.(single, campaign);
      outlets.onEntry(single, campaign);
    }
  };
  const { draining } = controls;
  // Everyone else is given the earlier entries, too.
  const isHeard = options.onEntry !== undefined || others.length > 0;
  const restore = (snapshot: JournalSnapshot): void => {
    source.restore(snapshot);
    snapshotBytes = snapshot.position.offset;
    // The number of the next line, of which the header has the first.
    restoredSeq = snapshot.position.number - 2;
  };
  const opening = openResults(folder, facts, resumedFacts, configText, hear, {
    extend,
    signal: draining,
    ...(!isHeard && { onSnapshot: restore }),
  });
  const results = await opening.catch((error: unknown) => {
    // The outlets have heard entries of a journal that stays as it is.
    giveUp.abort();
    throw draining.aborted && error === draining.reason ? stoppedWhileReading(folder) : error;
  });
  journal = results.journal;
  snapshots = new SnapshotWriter(
    results.journal,
    () => ({ ...source.getSnapshot(), seq }),
    snapshotBytes,
    giveUp.signal,
  );
  // Otherwise a run would notice only when it writes the next entry, which may take hours.
  results.displaced.addEventListener('abort', () => controls.stop());
  return {
    folder,
    store: results.store,
    networks: new NetworkFiles(folder),
    checkpoints: new CheckpointFiles(folder, facts.identity, options.keptCheckpoints),
    source,
    warnings: outlets.warnings,
    async finish() {
      const stop = stopOnceDraining(controls, giveUp);
      // Each table and chapter looks at all trials.
      using _ = results.store.campaign.trials.keepRead();
      await outlets.finish(results.store.campaign);
      await snapshots.finish();
      const { campaign, timing } = source.getSnapshot();
      if (campaign.conclusion !== null && !giveUp.signal.aborted)
        await files.save({
          overview: overviewFacts(campaign, timing),
          progress: countProgress(campaign),
        });
      stop();
    },
    get isBehind() {
      return isBehind;
    },
    assertInPlace: () => results.flush(),
    async [Symbol.asyncDispose]() {
      source.end();
      giveUp.abort();
      await results[Symbol.asyncDispose]();
    },
  };
}

function stoppedWhileReading(folder: string): FitfirstError {
  return new FitfirstError(
    'INTERRUPTED',
    `${displayPath(folder)}: the run was stopped while it read the journal. Nothing has changed. To resume, use the ` +
      'same command again.',
  );
}

/** The path to a config from the results folder; null if there is no such file. */
async function pathFrom(folder: string, configPath: string | undefined): Promise<string | null> {
  if (configPath === undefined || !(await stat(configPath).catch(() => null))?.isFile()) return null;
  return relative(resolve(folder), resolve(configPath));
}

/** Milliseconds that the outlets may take to finish once the run is to stop. */
const FINISH_MILLISECONDS = 1000;

/** Aborts a while after the run is asked to stop, now or later. Returns a function that cancels this. */
function stopOnceDraining({ draining }: Controls, giveUp: AbortController): () => void {
  let timer: NodeJS.Timeout | null = null;
  const begin = (): void => {
    timer ??= setTimeout(() => giveUp.abort(), FINISH_MILLISECONDS);
  };
  if (draining.aborted) begin();
  else draining.addEventListener('abort', begin);
  return () => {
    draining.removeEventListener('abort', begin);
    if (timer !== null) clearTimeout(timer);
  };
}
