import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import {
  hostsOf,
  readWorkersFile,
  remoteMessage,
  WorkersFile,
} from '../../../src/app/remote/workers-file.js';
import { emptyCampaign } from '../../../src/campaign/campaign.js';
import type { RemoteStatus, RemoteWorker } from '../../../src/execution/kinds/remote-status.js';
import { formatHosts } from '../../../src/views/model/host-status.js';
import { emptyFolder } from '../../support/command-line.js';

const worker = (
  host: string,
  state: RemoteWorker['state'],
  trials: readonly string[] = [],
): RemoteWorker => ({
  id: `${host}-${state}`,
  host,
  pid: 1,
  slots: 2,
  state,
  trials,
});

const status: RemoteStatus = {
  slots: 4,
  workers: [
    worker('node2', 'working', ['a', 'b']),
    worker('node1', 'working', ['c']),
    worker('node1', 'draining', ['d']),
    worker('node1', 'lost', ['e']),
    worker('node3', 'left'),
  ],
  messages: ['Lost the worker on node1.'],
};

it('shows workers by machine, without those that left', () => {
  expect(formatHosts(hostsOf(status), emptyCampaign)).toEqual([
    'node1: 2 workers, 2 of 2 slots busy, 1 draining, 1 lost',
    'node2: 1 worker, 2 of 2 slots busy',
  ]);
});

it('says what to do while there is no worker, and what happened last', () => {
  expect(remoteMessage({ ...status, slots: 0 })).toContain('fitfirst worker <config> --redis <url>');
  expect(remoteMessage({ ...status, notice: 'Lost one.' })).toBe('Lost one.');
  expect(remoteMessage(status)).toBeNull();
});

it('keeps the workers in a file for other processes, as long as the run lasts', async () => {
  await using folder = await emptyFolder();
  expect(readWorkersFile(folder.path)).toBeNull();
  const file = new WorkersFile(folder.path);
  file.update(status);
  await expect.poll(() => readWorkersFile(folder.path), { timeout: 10_000 }).toEqual(status);

  await file[Symbol.asyncDispose]();

  expect(await readdir(folder.path)).toEqual([]);
});
