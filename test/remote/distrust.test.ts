import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialKey } from '../../src/campaign/trial.js';
import { RunListener } from '../../src/contracts/executor/run-listener.js';
import { COMPLETE, scripted } from '../../src/contracts/executor/scripted-trials.js';
import { loadQueueLibraries } from '../../src/remote/redis-connection.js';
import { emptyFolder, start } from '../support/command-line.js';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.js';
import { newQueue, startDriver, startWorker } from '../support/remote-setup.js';
import { scriptedProof } from '../support/scripted-proof.js';

const grid = `name: distrust
trainer: {command: [node, train.js], report: stdout}
metric: {name: val_loss, goal: minimize}
parameters: {rate: {values: [0.1, 0.2]}, epochs: 1}
repeats: {first: 1, most: 1}
method: grid
`;
const train = `console.log('environment', JSON.stringify(process.env));
console.log(JSON.stringify({ epoch: 1, val_loss: 1 }));
`;

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const spec = scripted('reports', { epochs: 3 });
const endless = scripted('until-stopped', { epochs: 1_000_000 });
const key = trialKey(scriptedProof.identity, spec);

describe.skipIf(!hasRedis)(
  'driver and workers that do not trust the queue (skipped without redis-server)',
  () => {
    let redis: RedisServer;
    let client: Redis;
    beforeAll(async () => {
      redis = await startRedis();
      client = new Redis(redis.port);
    });
    afterAll(async () => {
      client.disconnect();
      await redis[Symbol.asyncDispose]();
    });

    it.each([
      ['config', { config: { parameters: '0'.repeat(16) } }, 'the config differs (parameters)'],
      ['data', { data: '1'.repeat(16) }, 'the data differ'],
      ['code', { code: { 'train.py': '2'.repeat(16) } }, 'the code of the trainer differs (train.py)'],
      ['version', { version: '9.9.9' }, 'fitfirst 9.9.9 runs here and'],
      ['identity', { identity: 'cd'.repeat(32) }, 'the split, the preparation or the trainer differs'],
    ])('refuse a worker with another %s, and say so on both sides', async (_, part, message) => {
      const names = newQueue();
      await using driver = await startDriver(redis.url, names);
      await using worker = await startWorker(redis.url, names, { proof: { ...scriptedProof, ...part } });

      await expect(worker.ended).rejects.toMatchObject({
        code: 'CONFIG_CHANGED',
        message: expect.stringContaining(message),
      });
      await driver.until(({ messages }) => messages.some((said) => said.includes(message)));
    });

    it('refuse a worker that came before the driver, and the trial goes to one that fits', async () => {
      const names = newQueue();
      await using wrong = await startWorker(redis.url, names, {
        proof: { ...scriptedProof, data: '1'.repeat(16) },
      });
      await using driver = await startDriver(redis.url, names);
      await driver.until(({ slots }) => slots === 2);
      const run = driver.executor.run(spec, new RunListener());
      await expect(wrong.ended).rejects.toMatchObject({ code: 'CONFIG_CHANGED' });
      await using _ = await startWorker(redis.url, names);

      expect(await run).toEqual(COMPLETE);
    });

    it('refuse forged jobs, and remove a flood of them', async () => {
      const names = newQueue();
      const { bullmq } = await loadQueueLibraries();
      const queue = new bullmq.Queue(names.queue, { connection: client, prefix: names.prefix });
      await using driver = await startDriver(redis.url, names);
      const forged = { trial: key, spec, proof: scriptedProof, keepCheckpoint: false, start: null };
      await queue.addBulk([
        { name: 'trial', data: { command: ['rm', '-rf', '/'] }, opts: { jobId: 'a-job' } },
        {
          name: 'trial',
          data: { ...forged, path: '/etc/passwd' },
          opts: { jobId: `${key}-${'0'.repeat(12)}` },
        },
        { name: 'trial', data: { ...forged, spec: endless }, opts: { jobId: `${key}-${'1'.repeat(12)}` } },
        { name: 'trial', data: { text: 'x'.repeat(2_000_000) }, opts: { jobId: 'a-large-job' } },
        { name: 'trial', data: forged, opts: { jobId: 'another-job' } },
      ]);
      await using worker = await startWorker(redis.url, names, { slots: 1 });
      await driver.until(({ slots }) => slots === 1);
      await queue.addBulk(
        Array.from({ length: 1_000 }, (_, n) => ({
          name: 'trial',
          data: forged,
          opts: { jobId: `flood-${n}` },
        })),
      );

      const listener = new RunListener();
      expect(await driver.executor.run(spec, listener)).toEqual(COMPLETE);
      expect(listener.reports).toHaveLength(3);
      const said = [...worker.messages, ...driver.status().messages].join('\n');
      expect(said).toMatch(/refused it|has not asked for/);
      expect(await queue.getWaitingCount()).toBe(0);
    });

    it('end a job with the right hashes that nobody has asked for', async () => {
      const names = newQueue();
      const { bullmq } = await loadQueueLibraries();
      const queue = new bullmq.Queue(names.queue, { connection: client, prefix: names.prefix });
      await using driver = await startDriver(redis.url, names);
      await using _ = await startWorker(redis.url, names, { slots: 1 });
      await driver.until(({ slots }) => slots === 1);
      const trial = trialKey(scriptedProof.identity, endless);
      const forged = { trial, spec: endless, proof: scriptedProof, keepCheckpoint: false, start: null };
      await queue.add('trial', forged, { jobId: `${trial}-${'0'.repeat(12)}` });
      await driver.until(({ messages }) => messages.some((said) => said.includes('has not asked for')));

      expect(await driver.executor.run(spec, new RunListener())).toEqual(COMPLETE);
    });

    it('ignore messages from nowhere, and results that are forged or too large', async () => {
      const names = newQueue();
      await using driver = await startDriver(redis.url, names);
      await using _ = await startWorker(redis.url, names, { slots: 1 });
      await driver.until(({ slots }) => slots === 1);
      const { executor } = driver;
      const listener = new RunListener();
      const run = executor.run(endless, listener);
      await listener.firstReport();
      const [job = ''] = (await client.lrange(names.job('active'), 0, 0)) ?? [];
      const say = (message: unknown) => client.publish(names.toDriver, JSON.stringify(message));
      await say({ type: 'done', job });
      await say({ type: 'done', job: `${'0'.repeat(32)}-${'0'.repeat(12)}` });
      await say({ type: 'run', command: 'ls' });
      await client.publish(names.toDriver, 'x'.repeat(5_000_000));
      await driver.until(({ messages }) => messages.some((said) => said.includes('5000000 bytes')));
      // Somebody marks the job as finished, with a result of 100 MB.
      await client.hset(names.result(job, 'forged'), 'head', 'x'.repeat(100_000_000));
      await client.hset(names.job(job), {
        finishedOn: '1',
        returnvalue: JSON.stringify({ run: 'forged', head: null }),
      });
      await say({ type: 'done', job });

      expect(await run).toMatchObject({
        kind: 'lost',
        message: expect.stringContaining('was refused: it has'),
      });
      expect(await executor.run(spec, new RunListener())).toEqual(COMPLETE);
    });

    it('accept a result only with the reports that came before it', async () => {
      const names = newQueue();
      await using driver = await startDriver(redis.url, names);
      await using _ = await startWorker(redis.url, names, { slots: 1 });
      await driver.until(({ slots }) => slots === 1);
      const waiting = scripted('wait-for-signal', { epochs: 3 });
      const listener = new RunListener();
      const run = driver.executor.run(waiting, listener);
      await listener.firstReport();
      const [job = ''] = await client.lrange(names.job('active'), 0, 0);
      const reports = [{ epoch: 1, metrics: { val_loss: 7 } }];
      await client.publish(
        names.toDriver,
        JSON.stringify({ type: 'reports', job, run: 'other', from: 0, reports }),
      );

      expect(await run).toMatchObject({
        kind: 'lost',
        message: expect.stringContaining('gave other reports'),
      });
    });

    it('refuse a second driver of the same queue', async () => {
      const names = newQueue();
      await using _ = await startDriver(redis.url, names, '/one');
      await expect(startDriver(redis.url, names, '/two')).rejects.toMatchObject({
        code: 'EXECUTOR_BROKEN',
        message: expect.stringContaining('already has a driver'),
      });
    });

    it('never print, log or store the password, and do not hand it to programs', {
      timeout: 60_000,
    }, async () => {
      const password = 'correct-horse-battery';
      await using safe = await startRedis(['--requirepass', password]);
      await using folder = await emptyFolder();
      await writeFile(join(folder.path, 'c.yaml'), grid);
      await writeFile(join(folder.path, 'train.js'), train);
      const url = safe.url.replace('redis://', `redis://default:${password}@`);
      const refused = await start(folder.path, ['worker', 'c.yaml', '--redis', url.replace('horse', 'house')])
        .ended;
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('the user or password was refused');
      const worker = start(folder.path, ['worker', 'c.yaml', '--redis', url, '--workers', '1']);
      const run = await start(folder.path, ['run', 'c.yaml', '--out', 'out', '--redis', url]).ended;
      worker.child.kill('SIGTERM');
      const ended = await worker.ended;

      expect([run.code, ended.code]).toEqual([0, 0]);
      const outputs = [run.stdout, run.stderr, ended.stdout, ended.stderr, refused.stdout, refused.stderr];
      const names = await readdir(folder.path, { recursive: true, withFileTypes: true });
      for (const entry of names.filter((one) => one.isFile()))
        outputs.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
      expect(outputs.length).toBeGreaterThan(12);
      for (const output of outputs) {
        expect(output).not.toContain(password);
        expect(output).not.toContain('correct-house');
      }
    });

    it.skipIf(!hasOpenssl)('speak over TLS (skipped without openssl)', { timeout: 60_000 }, async () => {
      await using folder = await emptyFolder();
      const path = (name: string): string => join(folder.path, name);
      const make = spawn('openssl', [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'],
        ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', path('key.pem'), '-out', path('cert.pem')],
      ]);
      expect(await once(make, 'exit')).toEqual([0, null]);
      const files = ['--tls-cert-file', path('cert.pem'), '--tls-key-file', path('key.pem')];
      const port = redis.port + 1 > 65_535 ? redis.port - 1 : redis.port + 1;
      await using _ = await startRedis(['--tls-port', String(port), ...files, '--tls-auth-clients', 'no']);
      await writeFile(path('c.yaml'), grid);
      await writeFile(path('train.js'), train);
      const url = `rediss://localhost:${port}`;
      const unknown = await start(folder.path, ['worker', 'c.yaml', '--redis', url]).ended;
      expect(unknown.code).toBe(2);
      expect(unknown.stderr).toContain('NODE_EXTRA_CA_CERTS');
      const trusting = ['env', `NODE_EXTRA_CA_CERTS=${path('cert.pem')}`, process.execPath] as const;
      const begin = (...words: string[]) => start(folder.path, words, trusting[0], trusting.slice(1));
      const worker = begin('worker', 'c.yaml', '--redis', url, '--workers', '1');
      const run = await begin('run', 'c.yaml', '--out', 'out', '--redis', url).ended;
      worker.child.kill('SIGTERM');

      expect(run.code).toBe(0);
      expect((await worker.ended).code).toBe(0);
    });
  },
);
