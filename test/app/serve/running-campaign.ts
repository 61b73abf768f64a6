import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { serveCampaigns } from '../../../src/app/serve/serve-campaigns.js';
import { ownLockInfo } from '../../../src/journal/lock/lock-info.js';
import { emptyFolder } from '../../support/command-line.js';
import { writeInventedJournal } from './invented-journal.js';

/** A campaign that this process seems to run: the first lines of its journal, and what writes more of them. */
export async function runningCampaign() {
  const folder = await emptyFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  await writeInventedJournal(join(folder.path, 'whole'), { trials: 40, epochs: 4 });
  const lines = (await readFile(join(folder.path, 'whole/journal.jsonl'), 'latin1')).split(/(?<=\n)/);
  await mkdir(join(folder.path, 'live'));
  const journal = join(folder.path, 'live/journal.jsonl');
  await writeFile(journal, lines.slice(0, 60).join(''), 'latin1');
  await writeFile(join(folder.path, 'live/lock'), JSON.stringify(ownLockInfo('host', new Date())));
  const write = (first: number, end: number) =>
    appendFile(journal, lines.slice(first, end).join(''), 'latin1');
  /** Ends the run: no lock is left, as after a run that was killed. */
  const end = () => rm(join(folder.path, 'live/lock'));
  return { path: folder.path, journal, write, end, count: lines.length };
}

/** The address of a server of these campaigns. */
export async function servedAddress(path: string): Promise<string> {
  const serving = await serveCampaigns(path, 0);
  onTestFinished(() => serving.close());
  return serving.address;
}

/** The data of the next event that a reader of events gets, once it has done something. */
export async function nextNews(address: string, act: () => Promise<void>): Promise<Record<string, unknown>> {
  const left = new AbortController();
  const { body } = await fetch(address, { signal: left.signal });
  if (body === null) throw new Error('no events');
  let text = '';
  let hasActed = false;
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (!hasActed) await act();
    hasActed = true;
    const [, data] = /event: change\ndata: (.+)\n\n/.exec(text) ?? [];
    if (data !== undefined) return JSON.parse(data);
  }
  throw new Error(`no event with data: ${text}`);
}
