/**
 * Trials a second through the queue, driver to worker and back, next to BullMQ alone in the same run; and how busy 1 to
 * 4 workers are with trials that wait. Needs redis-server. Run with `npm run bench:redis`.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Outcome } from '../src/campaign/outcome.js';
import type { Executor } from '../src/execution/executor.js';
import { SlotQueue } from '../src/execution/slot-queue.js';
import { loadQueueLibraries } from '../src/remote/redis-connection.js';
import { startRedis } from '../test/support/redis-server.js';
import { newQueue, startDriver, startWorker } from '../test/support/remote-setup.js';

const TRIALS = Number(process.argv[2] ?? 500);
const ROUNDS = 5;
const SLOTS = 16;
const WAITING_TRIALS = 40;
const WAIT_MILLISECONDS = 500;

/** Trains nothing and takes this long. */
function idle(milliseconds: number): Executor {
  const outcome: Outcome = { kind: 'finished', reason: 'complete', network: null };
  return {
    slots: SLOTS,
    async run(_, { onReport }) {
      if (milliseconds > 0) await wait(milliseconds);
      onReport({ epoch: 1, metrics: { val_loss: 1 } });
      return outcome;
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function runAll(executor: Executor, trials: number): Promise<void> {
  using queue = new SlotQueue(executor);
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const run = (repeat: number): Promise<Outcome> => {
    const spec = { parameters: { script: 'reports' }, repeat, epochs: 1, until: null, finish: null };
    return queue.add(() => executor.run(spec, { signal, onReport: () => {} }));
  };
  await Promise.all(Array.from({ length: trials }, (_, repeat) => run(repeat)));
}

await using redis = await startRedis();
const { bullmq } = await loadQueueLibraries();

async function runAlone(round: number): Promise<number> {
  const connection = { port: redis.port };
  const name = `alone-${round}`;
  const queue = new bullmq.Queue(name, { connection });
  const events = new bullmq.QueueEvents(name, { connection });
  // Each job that is waited for adds a listener.
  events.setMaxListeners(0);
  queue.setMaxListeners(0);
  const worker = new bullmq.Worker(name, async () => 1, { connection, concurrency: SLOTS });
  await events.waitUntilReady();
  // As many jobs are under way as there are slots, as in a campaign.
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < TRIALS) {
      const job = await queue.add('job', { number: next++ });
      await job.waitUntilFinished(events);
    }
  };
  const seconds = await secondsOf(() => Promise.all(Array.from({ length: SLOTS }, lane)));
  await Promise.all([worker.close(), queue.close(), events.close()]);
  return TRIALS / seconds;
}

async function runThrough(): Promise<number> {
  const names = newQueue();
  await using worker = await startWorker(redis.url, names, { executor: idle(0) });
  await using driver = await startDriver(redis.url, names);
  await driver.until(({ slots }) => slots === SLOTS);
  const seconds = await secondsOf(() => runAll(driver.executor, TRIALS));
  await worker.drain();
  return TRIALS / seconds;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

// In turns: the load of the machine changes.
const rounds: { readonly alone: number; readonly through: number }[] = [];
for (let round = 0; round < ROUNDS; round++)
  rounds.push({ alone: await runAlone(round), through: await runThrough() });
const alone = median(rounds.map((round) => round.alone));
const through = median(rounds.map((round) => round.through));
const share = median(rounds.map((round) => round.through / round.alone));
process.stdout.write(`Medians of ${ROUNDS} rounds with ${TRIALS} trials each\n`);
process.stdout.write(`BullMQ alone        ${alone.toFixed(0)} jobs a second\n`);
process.stdout.write(
  `fitfirst over Redis ${through.toFixed(0)} trials a second (${share.toFixed(2)} of it)\n`,
);

for (const count of [1, 2, 3, 4]) {
  const names = newQueue();
  await using driver = await startDriver(redis.url, names);
  const one = { ...idle(WAIT_MILLISECONDS), slots: 1 };
  const workers = await Promise.all(
    Array.from({ length: count }, () => startWorker(redis.url, names, { executor: one })),
  );
  await driver.until(({ slots }) => slots === count);
  const trials = WAITING_TRIALS - (WAITING_TRIALS % count);
  const seconds = await secondsOf(() => runAll(driver.executor, trials));
  const efficiency = (trials * WAIT_MILLISECONDS) / 1000 / count / seconds;
  process.stdout.write(
    `${count} workers, trials of ${WAIT_MILLISECONDS} ms: ${(100 * efficiency).toFixed(1)} % busy\n`,
  );
  for (const each of workers) await each.drain();
}
