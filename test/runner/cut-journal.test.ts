import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/campaign/event.js';
import { parseCampaignEvent } from '../../src/journal/campaign-event.js';
import { FileJournal } from '../../src/journal/file-journal.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { createControls } from '../../src/runner/controls.js';
import { runCampaign } from '../../src/runner/run-campaign.js';
import { openStore } from '../../src/runner/store.js';
import { epochsCsv } from '../../src/views/tables/epochs-table.js';
import { trialsCsv } from '../../src/views/tables/trials-table.js';
import { emptyFolder } from '../support/command-line.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { landscapeFacts } from '../support/play-out.js';
import { simulatedExecutor } from '../support/simulated-executor.js';

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

/**
 * Bytes from one cut to the next: a number prime to the length of any line, so that cuts fall on all kinds of
 * places. `npm run soak:cut-journal` cuts at every single byte.
 */
const stride = Number(process.env.FITFIRST_CUT_STRIDE ?? 97);

/** Runs the campaign in a folder to its end, and returns the tables. */
async function runIn(folder: string): Promise<string> {
  await using journal = await FileJournal.open<StoredEvent>({
    folder,
    identity: { engine: 'test', config: 'c', data: null },
    parseEvent: parseCampaignEvent,
    now: () => new Date(0),
  });
  const method = fitFirst(options);
  const store = await openStore(journal);
  if (store.campaign.facts === null)
    await store.commit({ type: 'campaign-started', ...landscapeFacts(method) });
  else if (store.campaign.conclusion === null) await store.commit({ type: 'campaign-resumed' });
  if (store.campaign.conclusion === null) {
    const executor = simulatedExecutor(landscape(), 2, 1);
    const networks = { save: async () => {} };
    await runCampaign(method, { store, executor, networks, controls: createControls() });
  }
  return trialsCsv(store.campaign) + epochsCsv(store.campaign);
}

describe('a journal that was cut off', () => {
  it('is gone on with to the same results, wherever it was cut', async () => {
    await using folder = await emptyFolder(existsSync('/dev/shm') ? '/dev/shm' : undefined);
    const whole = join(folder.path, 'whole');
    const want = await runIn(whole);
    const { length } = await readFile(join(whole, 'journal.jsonl'));
    for (let bytes = 0; bytes <= length; bytes += stride) {
      const cut = join(folder.path, `cut-${bytes}`);
      await mkdir(cut);
      await copyFile(join(whole, 'journal.jsonl'), join(cut, 'journal.jsonl'));
      await truncate(join(cut, 'journal.jsonl'), bytes);
      const got = await runIn(cut);
      if (got !== want) expect(got, `cut after ${bytes} of ${length} bytes`).toBe(want);
    }
    expect(length).toBeGreaterThan(5000);
  }, 1_800_000);
});
