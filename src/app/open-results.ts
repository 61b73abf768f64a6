import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Campaign, emptyCampaign } from '../campaign/campaign.js';
import type { CampaignFacts, StoredEvent } from '../campaign/event.js';
import { parseCampaignEvent } from '../journal/campaign-event.js';
import { FileJournal } from '../journal/file-journal.js';
import { version } from '../platform/version.js';
import { writeFile } from '../platform/write-file.js';
import { type EntryListener, openStoreFrom, type Store } from '../runner/store.js';
import type { CampaignState } from './journal-snapshot/campaign-state.js';
import { type JournalSnapshot, readSnapshot } from './journal-snapshot/journal-snapshot.js';
import { removeLeftFiles } from './left-files.js';
import { resumePlan } from './resume-plan.js';

/** A results folder that is open for a run, its lock held. */
export interface OpenResults extends AsyncDisposable {
  readonly store: Store;
  /** Whether the campaign had begun before. */
  readonly resumed: boolean;
  /** Aborted when the folder, its journal or its lock was deleted, moved or replaced; the reason says which. */
  readonly displaced: AbortSignal;
  readonly journal: Pick<FileJournal<StoredEvent>, 'path' | 'durableBytes' | 'isChained'>;
  /** Resolves when the journal is durable and in its place; throws what `append` of a journal throws if it is not. */
  flush(): Promise<void>;
}

/** How a folder is opened. */
export interface OpeningOptions {
  readonly extend?: boolean;
  /** Ends the opening early, by throwing its reason. */
  readonly signal?: AbortSignal;
  /**
   * Called with the snapshot of the journal if there is one. The listener then hears only of the entries after it.
   * Without this function the listener hears of every entry.
   */
  readonly onSnapshot?: (snapshot: JournalSnapshot) => void;
}

/**
 * Opens the folder of a campaign: begins it, or goes on with it where config and data are still the same, given the
 * facts with which it began. The listener hears of every entry of the journal from the first. With `extend` the search
 * may have changed, or what the files of a trainer of the user's own hold, as long as the training identity has not:
 * trials that have ended count for the new one. Throws CONFIG_CHANGED, DATA_CHANGED, the errors of the
 * journal, and the reason of the signal.
 */
export async function openResults(
  folder: string,
  facts: CampaignFacts,
  resumedFacts: (before: CampaignFacts) => CampaignFacts,
  configText: string,
  listener: EntryListener,
  { extend = false, signal, onSnapshot }: OpeningOptions = {},
): Promise<OpenResults> {
  let snapshot: JournalSnapshot | null = null;
  const journal = await FileJournal.open<StoredEvent>({
    folder,
    identity: { engine: version, config: facts.identity, data: facts.data?.hash ?? null },
    parseEvent: parseCampaignEvent,
    now: () => new Date(),
    ...(signal && { signal }),
    async startAt(path) {
      snapshot = onSnapshot === undefined ? null : await readSnapshot(path);
      if (snapshot !== null) onSnapshot?.(snapshot);
      return snapshot?.position ?? null;
    },
  });
  try {
    await removeLeftFiles(folder);
    const store = await openStoreFrom(startOf(snapshot), journal, listener);
    const before = store.campaign.facts;
    // Journals of version 0.1.0 hold the values themselves; and what a program says may repeat them.
    const mode = hasSecrets(facts) ? PRIVATE : undefined;
    if (mode !== undefined) await chmod(journal.path, mode);
    if (before === null) {
      await writeFile(join(folder, 'config.yaml'), configText, mode);
      await store.commit({ type: 'campaign-started', ...facts });
    } else {
      const events = resumePlan(folder, store.campaign, before, resumedFacts(before), extend);
      const isExtended = events.some(({ type }) => type === 'campaign-extended');
      if (isExtended) await removeModel(folder);
      if (isExtended || mode !== undefined) await writeFile(join(folder, 'config.yaml'), configText, mode);
      for (const event of events) await store.commit(event);
    }
    return {
      store,
      resumed: before !== null,
      displaced: journal.displaced,
      journal,
      flush: () => journal.flush(),
      [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
    };
  } catch (error) {
    await journal[Symbol.asyncDispose]();
    throw error;
  }
}

function startOf(snapshot: CampaignState | null): Campaign {
  return snapshot?.campaign ?? emptyCampaign;
}

const PRIVATE = 0o600;

/** Whether the trainer gets variables, which may be secrets. */
function hasSecrets({ config }: CampaignFacts): boolean {
  const trainer = isRecord(config) ? config.trainer : null;
  return isRecord(trainer) && isRecord(trainer.env) && Object.keys(trainer.env).length > 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Networks of an earlier plan's choice must not be taken for this one's. */
async function removeModel(folder: string): Promise<void> {
  for (const name of ['model.onnx', 'model.json']) await rm(join(folder, name), { force: true });
}
