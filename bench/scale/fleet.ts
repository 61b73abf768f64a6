/**
 * Plays many workers of a queue in one process: their signs of life, and trials that take no time, or, without reports,
 * never end. Started by `measure-driver.ts` with the address of Redis, the name of the queue, the number of workers,
 * and that of reports per trial.
 */
import { randomUUID } from 'node:crypto';
import type { Report } from '../../src/campaign/report.js';
import { BEAT_MILLISECONDS } from '../../src/remote/limits.js';
import { queueNames } from '../../src/remote/queue-names.js';
import { resolveRedisAddress } from '../../src/remote/redis-address.js';
import { connectRedis, loadQueueLibraries } from '../../src/remote/redis-connection.js';
import type { ToDriver } from '../../src/remote/remote-message.js';
import { type Returned, writeResult } from '../../src/remote/trial-result.js';

const [url = '', queue = '', workers = '0', reportsPerTrial = '0'] = process.argv.slice(2);
/** Messages go out in this many portions between two signs of life of a worker. */
const PORTIONS = 20;

const names = queueNames(queue);
const libraries = await loadQueueLibraries();
const client = await connectRedis(resolveRedisAddress(url, {}), libraries);
const say = (message: ToDriver): Promise<unknown> => client.publish(names.toDriver, JSON.stringify(message));

let portion = 0;
setInterval(() => {
  for (let number = portion; number < Number(workers); number += PORTIONS) {
    const worker = `worker-${number}`;
    void say({ type: 'beat', worker, host: worker, pid: number, slots: 1, isDraining: false, jobs: [] });
  }
  portion = (portion + 1) % PORTIONS;
}, BEAT_MILLISECONDS / PORTIONS);

const reports: Report[] = Array.from({ length: Number(reportsPerTrial) }, (_, i) => ({
  epoch: i + 1,
  metrics: { val_loss: 1 / (i + 1) },
}));
const worker = new libraries.bullmq.Worker<unknown, Returned>(
  names.queue,
  async ({ id: job = '' }) => {
    // Trials without reports never end.
    if (reports.length === 0) await new Promise(() => {});
    const run = randomUUID();
    for (const [from, report] of reports.slice(0, -1).entries())
      await say({ type: 'reports', job, run, from, reports: [report] });
    const outcome = { kind: 'finished', reason: 'complete', network: null } as const;
    return writeResult(client, names, job, { run, outcome, reports });
  },
  { connection: client, prefix: names.prefix, concurrency: Number(workers) },
);
worker.on('completed', ({ id: job = '' }) => void say({ type: 'done', job }));
