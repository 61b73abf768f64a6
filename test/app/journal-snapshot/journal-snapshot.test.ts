import { copyFile, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSnapshot, writeSnapshot } from '../../../src/app/journal-snapshot/journal-snapshot.js';
import { SnapshotWriter } from '../../../src/app/journal-snapshot/snapshot-writer.js';
import { foldJournal } from '../../../src/app/read-campaign.js';
import { emptyCampaign, evolve } from '../../../src/campaign/campaign.js';
import type { StoredEvent } from '../../../src/campaign/event.js';
import { parseCampaignEvent } from '../../../src/journal/campaign-event.js';
import { FileJournal } from '../../../src/journal/file-journal.js';
import { readEntries } from '../../../src/journal/journal-reader.js';
import { fitFirst } from '../../../src/methods/fit-first/fit-first.js';
import { createControls } from '../../../src/runner/controls.js';
import { runCampaign } from '../../../src/runner/run-campaign.js';
import { openStoreFrom } from '../../../src/runner/store.js';
import { emptyTiming, evolveTiming } from '../../../src/views/model/timing.js';
import { summarise } from '../../../src/views/summary/summary.js';
import { summaryJson } from '../../../src/views/summary/summary-json.js';
import { csvText } from '../../../src/views/tables/csv-text.js';
import { epochsCsv } from '../../../src/views/tables/epochs-table.js';
import { timingRows } from '../../../src/views/tables/timings-table.js';
import { trialsCsv } from '../../../src/views/tables/trials-table.js';
import { emptyFolder } from '../../support/command-line.js';
import { fitFirstOptions } from '../../support/fit-first-options.js';
import { landscape } from '../../support/landscape.js';
import { landscapeFacts } from '../../support/play-out.js';
import { simulatedExecutor } from '../../support/simulated-executor.js';

const options = fitFirstOptions({
  sizes: [8, 16],
  others: [{ learning_rate: 0.01 }],
  dropout: [{ dropout: 0 }, { dropout: 0.35 }],
  retune: [],
  epochs: { grow: 12, dropout: 1 },
  fit: { metric: 'train_accuracy', goal: 'maximize', bound: () => 1, repeats: 1, quorum: null },
  growOn: null,
  confirm: 0,
});
const never = new AbortController().signal;

let folder: Awaited<ReturnType<typeof emptyFolder>>;
let whole: string;

beforeAll(async () => {
  folder = await emptyFolder();
  whole = join(folder.path, 'whole');
  await goOn(whole);
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Runs the campaign of a folder to its end, from its snapshot on. Returns its tables and where it began to read. */
async function goOn(path: string): Promise<{ tables: string; offset: number }> {
  let snapshot: Awaited<ReturnType<typeof readSnapshot>> = null;
  await using journal = await FileJournal.open<StoredEvent>({
    folder: path,
    identity: { engine: 'test', config: 'c', data: null },
    parseEvent: parseCampaignEvent,
    now: () => new Date(0),
    async startAt(at) {
      snapshot = await readSnapshot(at);
      return snapshot?.position ?? null;
    },
  });
  const from = (): Awaited<ReturnType<typeof readSnapshot>> => snapshot;
  const method = fitFirst(options);
  const store = await openStoreFrom(from()?.campaign ?? emptyCampaign, journal);
  if (store.campaign.facts === null)
    await store.commit({ type: 'campaign-started', ...landscapeFacts(method) });
  else if (store.campaign.conclusion === null) await store.commit({ type: 'campaign-resumed' });
  const executor = simulatedExecutor(landscape(), 2, 1);
  const parts = { store, executor, networks: { save: async () => {} }, controls: createControls() };
  if (store.campaign.conclusion === null) await runCampaign(method, parts);
  const tables = trialsCsv(store.campaign) + epochsCsv(store.campaign);
  return { tables, offset: from()?.position.offset ?? 0 };
}

/** A copy of the whole campaign, with a snapshot of what its first entries amount to. */
async function copyWithSnapshot(name: string, entries: number): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(path);
  const journal = join(path, 'journal.jsonl');
  await copyFile(join(whole, 'journal.jsonl'), journal);
  let [campaign, timing, seq] = [emptyCampaign, emptyTiming, 0];
  for await (const entry of readEntries(journal, parseCampaignEvent)) {
    if (entry.seq > entries) break;
    campaign = evolve(campaign, entry.event);
    timing = evolveTiming(timing, entry);
    seq = entry.seq;
  }
  const lines = (await readFile(journal)).toString('latin1').split('\n');
  const bytes = lines.slice(0, seq + 1).join('\n').length + 1;
  await writeSnapshot(journal, { campaign, timing, seq, bytes, isChained: true }, never);
  return journal;
}

async function told(journal: string): Promise<string> {
  const { campaign, timing } = await foldJournal(journal);
  const tables = trialsCsv(campaign) + epochsCsv(campaign) + csvText(timingRows(campaign, timing));
  const { open, failures, attemptFailures, ...rest } = timing;
  const times = JSON.stringify([rest, [...open], [...failures], attemptFailures.toArray()]);
  return tables + summaryJson(summarise(campaign)) + times + JSON.stringify(campaign.batches);
}

async function countEntries(): Promise<number> {
  let entries = 0;
  for await (const _ of readEntries(join(whole, 'journal.jsonl'), parseCampaignEvent)) entries += 1;
  return entries;
}

describe('a snapshot of a journal', () => {
  it('gives the same campaign as the whole journal, wherever it was taken', async () => {
    const want = await told(join(whole, 'journal.jsonl'));
    const entries = await countEntries();
    for (let seq = 1; seq <= entries; seq += 37) {
      const journal = await copyWithSnapshot(`at-${seq}`, seq);
      expect((await readSnapshot(journal))?.position.number).toBe(seq + 2);
      expect(await told(journal)).toBe(want);
    }
  });

  it('saves a run the reading of what came before, and changes no result', async () => {
    const { tables: want } = await goOn(whole);
    const journal = await copyWithSnapshot('resumed', 100);
    const text = await readFile(journal);
    const { position } = (await readSnapshot(journal)) ?? {};
    const start = position?.offset ?? 0;
    for (const bytes of [start, start + 1, start + 700, Math.floor((start + text.length) / 2)]) {
      await writeFile(journal, text);
      await truncate(journal, bytes);
      expect(await goOn(join(folder.path, 'resumed'))).toEqual({ tables: want, offset: start });
    }
  });

  it('is ignored if the journal has less than it rests on', async () => {
    const { tables: want } = await goOn(whole);
    const journal = await copyWithSnapshot('cut', 100);
    await truncate(journal, 5000);
    expect(await readSnapshot(journal)).toBeNull();
    expect(await goOn(join(folder.path, 'cut'))).toEqual({ tables: want, offset: 0 });
  });

  it('is ignored if any byte of it is damaged', async () => {
    const want = await told(join(whole, 'journal.jsonl'));
    const journal = await copyWithSnapshot('damaged', 150);
    const path = join(folder.path, 'damaged', 'journal.snapshot');
    const sound = await readFile(path);
    for (let at = 0; at < sound.length; at += Math.floor(sound.length / 40)) {
      const bytes = Buffer.from(sound);
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      await writeFile(path, bytes);
      expect(await told(journal), `byte ${at}`).toBe(want);
      await writeFile(path, sound.subarray(0, at));
      expect(await readSnapshot(journal), `cut at ${at}`).toBeNull();
    }
    await rm(path);
    await mkdir(path);
    expect(await told(journal)).toBe(want);
  });

  it('is ignored if it is of another version, or of another journal', async () => {
    const journal = await copyWithSnapshot('version', 100);
    const path = join(folder.path, 'version', 'journal.snapshot');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/"version":"[^"]*"/, '"version":"0.0.9"'));
    expect(await readSnapshot(journal)).toBeNull();
    await writeFile(path, text);
    expect(await readSnapshot(journal)).not.toBeNull();
    const other = (await readFile(journal, 'latin1')).replace(
      /"at":"1970-01-01T00:00:00.000Z"/,
      '"at":"1970-01-01T00:00:00.001Z"',
    );
    await writeFile(journal, other, 'latin1');
    expect(await readSnapshot(journal)).toBeNull();
  });

  it('does not hide an edited line before it', async () => {
    const journal = await copyWithSnapshot('edited', 150);
    const bytes = await readFile(journal);
    const at = bytes.indexOf('"repeat":1');
    const line = bytes.subarray(0, at).toString('latin1').split('\n').length;
    bytes[at + 9] = '4'.charCodeAt(0);
    await writeFile(journal, bytes);
    await expect(foldJournal(journal)).rejects.toThrow(`journal.jsonl:${line}: this line has the checksum`);
    await expect(goOn(join(folder.path, 'edited'))).rejects.toThrow(`journal.jsonl:${line}: this line`);
  });

  it('is written for large journals only, and only in step with the journal', async () => {
    const journal = await copyWithSnapshot('written', 1);
    const path = join(folder.path, 'written', 'journal.snapshot');
    const { size: bytes } = { size: (await readFile(journal)).length };
    const state = { ...(await foldJournal(journal)), seq: await countEntries() };
    await rm(path);
    await new SnapshotWriter(
      { path: journal, durableBytes: bytes, isChained: true },
      () => state,
      0,
      never,
    ).finish();
    expect(await readSnapshot(journal)).toBeNull();
    const ofOtherEntry = { ...state, seq: state.seq - 1, bytes, isChained: true };
    await writeSnapshot(journal, ofOtherEntry, never);
    expect(await readSnapshot(journal)).toBeNull();
    await writeSnapshot(journal, { ...state, bytes, isChained: true }, never);
    expect((await readSnapshot(journal))?.position.offset).toBe(bytes);
  });
});
