import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Campaign } from '../campaign/campaign.js';
import { canonicalJson } from '../campaign/canonical-json.js';
import type { CampaignEvent, CampaignFacts } from '../campaign/event.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { codeApart, codeChanges } from '../config/code-changes.js';
import { differences } from '../config/differences.js';
import { parseCampaignEvent } from '../journal/campaign-event.js';
import { FileJournal } from '../journal/file-journal.js';
import { writeFile } from '../results/write-file.js';
import { type CampaignEntry, openStore, type Store } from '../runner/store.js';
import { version } from './version.js';

/** A results folder that is open for a run, its lock held. */
export interface OpenResults extends AsyncDisposable {
  readonly store: Store;
  /** Whether the campaign had begun before. */
  readonly resumed: boolean;
}

/**
 * Opens the folder of a campaign: begins it, or goes on with it where config and data are still the same. The
 * listener hears of every entry of the journal from the first. With `extend` the search may have changed, or what the
 * files of a trainer of the user's own hold, as long as the training identity has not: trials that have ended count for
 * the new one. Throws CONFIG_CHANGED and DATA_CHANGED, beside what the journal throws.
 */
export async function openResults(
  folder: string,
  facts: CampaignFacts,
  configText: string,
  listener: (entry: CampaignEntry) => void,
  extend = false,
): Promise<OpenResults> {
  const journal = await FileJournal.open<CampaignEvent>({
    folder,
    identity: { engine: version, config: facts.identity, data: facts.data?.hash ?? null },
    parseEvent: parseCampaignEvent,
    now: () => new Date(),
  });
  try {
    const store = await openStore(journal, listener);
    const before = store.campaign.facts;
    if (before === null) {
      await writeFile(join(folder, 'config.yaml'), configText);
      await store.commit({ type: 'campaign-started', ...facts });
    } else {
      if (isExtended(folder, store.campaign, before, facts, extend)) {
        await removeModel(folder);
        await writeFile(join(folder, 'config.yaml'), configText);
        await store.commit({ type: 'campaign-extended', ...facts });
        if (!isSameCode(before, facts)) await reopenFailed(store);
      } else if (store.campaign.conclusion === null) await store.commit({ type: 'campaign-resumed' });
    }
    return { store, resumed: before !== null, [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose]() };
  } catch (error) {
    await journal[Symbol.asyncDispose]();
    throw error;
  }
}

/** Networks of an earlier plan's choice must not be taken for this one's. */
async function removeModel(folder: string): Promise<void> {
  for (const name of ['model.onnx', 'model.json']) await rm(join(folder, name), { force: true });
}

const either =
  'Restore it, or begin anew with --fresh (the old results are moved aside), or name another folder with --out.';

/** Says what has changed: the config, the files of the trainer, or both. */
function changed(
  folder: string,
  before: CampaignFacts,
  now: CampaignFacts,
  isSameTraining: boolean,
  extend: boolean,
): FitfirstError {
  const [then, today] = [codeApart(before.config), codeApart(now.config)];
  const ofConfig = differences(then.config, today.config);
  const ofCode = codeChanges(then.code, today.code);
  const kept = !isSameTraining
    ? 'Trials cannot be kept, for they depend on more than the search: data, split, preparation, metric, seed, the trainer or the names of the parameters are others.'
    : ofCode.length === 0
      ? 'Or keep every trial that has ended and search on with --extend.'
      : 'Where the edit changes no result, go on with --extend: what has finished is kept, what failed is tried anew. (trainer.version in a config counts instead of what the files hold.)';
  const lines = [
    `${folder} holds a campaign with another ${ofConfig.length === 0 ? 'program' : 'config'}:`,
    ...[...ofConfig, ...ofCode].map((change) => `  ${change}`),
    ...(isSameTraining || extend ? [kept] : []),
    either,
  ];
  return new FitfirstError('CONFIG_CHANGED', lines.join('\n'));
}

function isSameCode(before: CampaignFacts, now: CampaignFacts): boolean {
  return codeChanges(codeApart(before.config).code, codeApart(now.config).code).length === 0;
}

/** Whoever edits a program mends, as a rule, what made its trials fail. */
async function reopenFailed(store: Store): Promise<void> {
  for (const { key, state } of store.campaign.trials.values())
    if (state === 'failed') await store.commit({ type: 'trial-reopened', trial: key });
}

/**
 * Whether the search, or the program, is another one that may go on; false where nothing has changed. A program that
 * was edited before any trial had a result may always. Throws where it may not.
 */
function isExtended(
  folder: string,
  campaign: Campaign,
  before: CampaignFacts,
  now: CampaignFacts,
  extend: boolean,
): boolean {
  const isChanged = canonicalJson(before.config) !== canonicalJson(now.config);
  const isSameTraining = before.identity === now.identity && before.data?.hash === now.data?.hash;
  const hasResults = campaign.trials.some(({ state }) => state === 'finished' || state === 'diverged');
  const isOnlyCode =
    canonicalJson(codeApart(before.config).config) === canonicalJson(codeApart(now.config).config);
  if (isChanged && isSameTraining && (extend || (isOnlyCode && !hasResults))) return true;
  if (isChanged) throw changed(folder, before, now, isSameTraining, extend);
  if (before.data?.hash !== now.data?.hash) {
    const rows = `${before.data?.rows ?? 0} rows then, ${now.data?.rows ?? 0} now`;
    throw new FitfirstError('DATA_CHANGED', `${folder} holds a campaign on other data (${rows}). ${either}`);
  }
  if (before.identity !== now.identity) {
    throw new FitfirstError(
      'CONFIG_CHANGED',
      `${folder} was begun by a version of fitfirst whose trainer gives other results. Go on with that version, or begin anew with --fresh.`,
    );
  }
  return false;
}
