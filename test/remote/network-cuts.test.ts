import { watch } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fitfirstHere } from '../support/command-here.js';
import { emptyFolder, promisedFiles, type Running, start } from '../support/command-line.js';
import {
  hasNetworkHosts,
  makeNetworkHosts,
  type NetworkHost,
  type NetworkHosts,
} from '../support/network-hosts.js';
import { hasRedis, startRedis } from '../support/redis-server.js';

const config = (name: string, executor: string): string => `name: ${name}
trainer: {module: ./train.js}
metric: {name: val_loss, goal: minimize}
parameters: {rate: {values: [0.1, 0.2, 0.3]}, epochs: 4}
repeats: {first: 1, most: 1}
method: grid
executor: ${executor}
`;

/** Logs which host does what. While a host is held, its trials wait, unless they started on another host before. */
const train = `
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
const log = (what, rate) => appendFileSync('log/trials', hostname() + ' ' + what + ' ' + rate + '\\n');
export default async function* train({ rate }, { epochs }) {
  const startsOver = readFileSync('log/trials', 'utf8').includes(' starts ' + rate + '\\n');
  log('starts', rate);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    yield { val_loss: rate / epoch };
    while (!startsOver && existsSync('log/hold ' + hostname())) await setTimeout(20);
  }
  log('ends', rate);
}
`;

/** Redis takes no connections from other hosts without a password unless it is allowed to. */
const OPEN = ['--protected-mode', 'no'];

/** Resolves once the text of a file is as wanted. Its folder is watched for changes. */
async function untilText(path: string, isWanted: (text: string) => boolean): Promise<string> {
  const look = async (): Promise<string | null> => {
    const text = await readFile(path, 'utf8').catch(() => '');
    return isWanted(text) ? text : null;
  };
  return new Promise((resolve, reject) => {
    const watcher = watch(join(path, '..'));
    const check = (): void => {
      look().then((text) => {
        if (text === null) return;
        watcher.close();
        resolve(text);
      }, reject);
    };
    watcher.on('change', check);
    check();
  });
}

describe.skipIf(!hasRedis || !hasNetworkHosts)(
  'hosts whose network fails (skipped without redis-server, root and network namespaces)',
  () => {
    let net: NetworkHosts;
    let driver: NetworkHost;
    let one: NetworkHost;
    let two: NetworkHost;
    beforeAll(async () => {
      net = await makeNetworkHosts('driver', 'worker-1', 'worker-2');
      [driver, one, two] = net.hosts as [NetworkHost, NetworkHost, NetworkHost];
    });
    afterAll(() => net[Symbol.asyncDispose]());

    /** A campaign whose files are known from a run on one machine. */
    const prepare = async (folder: string, name: string) => {
      const path = (...parts: string[]): string => join(folder, ...parts);
      await mkdir(path('log'));
      await writeFile(path('log/trials'), '');
      await writeFile(path('train.js'), train);
      await writeFile(path('c.yaml'), config(name, '{threads: {}}'));
      const local = await fitfirstHere(folder, 'run', 'c.yaml', '--out', 'local', '--view', 'none');
      expect(local).toMatchObject({ code: 0, stderr: '' });
      await writeFile(path('c.yaml'), config(name, '{bullmq: {lock: 3s, check_every: 500ms}}'));
      await writeFile(path('log/trials'), '');
      return {
        workersFile: path('remote/workers.json'),
        /** Starts a command on a host. */
        on({ command: [first, ...before] }: NetworkHost, ...words: string[]): Running {
          const running = start(folder, words, first, [...before, process.execPath]);
          onTestFinished(() => void running.child.kill('SIGKILL'));
          return running;
        },
        hold: (host: string) => writeFile(path(`log/hold ${host}`), ''),
        release: (host: string) => rm(path(`log/hold ${host}`)),
        /** Resolves with the rate of the trial once a host has done this with one. */
        async until(words: string): Promise<string> {
          const text = await untilText(path('log/trials'), (log) => log.includes(words));
          return new RegExp(`${words} ?(\\S*)`).exec(text)?.[1] ?? '';
        },
        async expectSameFiles(): Promise<void> {
          expect(await promisedFiles(path('remote'))).toEqual(await promisedFiles(path('local')));
          const journal = await readFile(path('remote/journal.jsonl'), 'utf8');
          const finished = journal.match(/"trial-finished","trial":"\w+"/g) ?? [];
          // Three settings, and the final trial.
          expect(finished).toHaveLength(4);
          expect(new Set(finished).size).toBe(4);
        },
      };
    };

    const end = async (worker: Running): Promise<void> => {
      worker.child.kill('SIGTERM');
      expect(await worker.ended).toMatchObject({ code: 0 });
    };

    it('start a trial over elsewhere, and accept one result when the host that was cut off is back', {
      timeout: 180_000,
    }, async () => {
      await using folder = await emptyFolder();
      const { on, hold, release, until, workersFile, expectSameFiles } = await prepare(folder.path, 'cut');
      await using redis = await startRedis(OPEN, net.centre);
      const flags = ['c.yaml', '--redis', redis.url];
      await Promise.all([hold('worker-1'), hold('worker-2')]);
      const first = on(one, 'worker', ...flags, '--workers', '1');
      const run = on(driver, 'run', ...flags, '--out', 'remote', '--view', 'none');
      const rate = await until('worker-1 starts');
      const second = on(two, 'worker', ...flags, '--workers', '3');
      await until('worker-2 starts');

      await one.cut();
      await release('worker-1');
      await until(`worker-1 ends ${rate}`);
      // The lock of its job has expired.
      await until(`worker-2 ends ${rate}`);
      await untilText(workersFile, (text) => text.includes('"lost"'));
      const status = await fitfirstHere(folder.path, 'status', 'remote');
      await one.mend();
      await untilText(workersFile, (text) => text !== '' && !text.includes('"lost"'));
      await release('worker-2');

      expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
      expect(status.stdout).toContain('worker-1: 1 lost\n');
      expect(status.stdout).toContain('worker-2: 1 worker, 2 of 3 slots busy (#2, #3)');
      await Promise.all([end(first), end(second)]);
      await expectSameFiles();
    });

    it('go on when the driver was cut off while Redis restarted', { timeout: 180_000 }, async () => {
      await using folder = await emptyFolder();
      const { on, hold, release, until, workersFile, expectSameFiles } = await prepare(folder.path, 'gone');
      await using redis = await startRedis(OPEN, net.centre);
      const flags = ['c.yaml', '--redis', redis.url];
      await hold('worker-1');
      const first = on(one, 'worker', ...flags, '--workers', '1');
      const run = on(driver, 'run', ...flags, '--out', 'remote', '--view', 'none');
      const rate = await until('worker-1 starts');

      await driver.cut();
      await redis.restart('SIGKILL');
      await release('worker-1');
      await until(`worker-1 ends ${rate}`);
      await hold('worker-1');
      await net.untilForgotten();
      await driver.mend();
      const second = on(two, 'worker', ...flags, '--workers', '1');
      // Its connections are those to a server that is gone, and no packet has said so.
      await untilText(workersFile, (text) => text.includes('"worker-2"'));
      await release('worker-1');

      expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
      await Promise.all([end(first), end(second)]);
      await expectSameFiles();
    });
  },
);
