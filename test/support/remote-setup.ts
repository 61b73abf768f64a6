import { randomUUID } from 'node:crypto';
import { scriptedProgram } from '../../src/contracts/executor/scripted-program.js';
import type { Executor } from '../../src/execution/executor.js';
import type { RemoteStatus } from '../../src/execution/kinds/remote-status.js';
import { createThreadPool } from '../../src/execution/threads/thread-pool.js';
import type { CampaignProof } from '../../src/remote/campaign-proof.js';
import { createQueueExecutor } from '../../src/remote/driver/queue-executor.js';
import { type QueueNames, queueNames } from '../../src/remote/queue-names.js';
import { resolveRedisAddress } from '../../src/remote/redis-address.js';
import { loadQueueLibraries } from '../../src/remote/redis-connection.js';
import { serveTrials } from '../../src/remote/worker/serve-trials.js';
import { scriptedProof } from './scripted-proof.js';
import { createStatusFeed } from './status-feed.js';

/** A queue that no other test uses. */
export const newQueue = (): QueueNames => queueNames(`test-${randomUUID()}`);

/** A worker in this process, with threads of its own. */
export interface TestWorker extends AsyncDisposable {
  /** Rejects if the worker gives up. */
  readonly ended: Promise<void>;
  /** What it wrote to its log. */
  readonly messages: readonly string[];
  /** Lets running trials finish. */
  drain(): Promise<void>;
  /** Gives running trials back. */
  stop(): Promise<void>;
}

interface WorkerSetup {
  readonly slots?: number;
  readonly proof?: CampaignProof;
  readonly executor?: Executor;
}

/** Starts a worker for trials of the scripted trainer. */
export async function startWorker(
  url: string,
  names: QueueNames,
  { slots = 2, proof = scriptedProof, ...setup }: WorkerSetup = {},
): Promise<TestWorker> {
  const { program, seed, metric } = scriptedProgram;
  const { url: module, data } = program;
  const executor =
    setup.executor ?? createThreadPool({ slots, setup: { trainer: { url: module, data }, seed, metric } });
  const [draining, stopping] = [new AbortController(), new AbortController()];
  const messages: string[] = [];
  const ended = serveTrials({
    address: resolveRedisAddress(url, {}),
    names,
    libraries: await loadQueueLibraries(),
    timing: { lock: 3_000, checkEvery: 500 },
    proof,
    parameters: ['script', 'reports', 'value', 'channel'],
    executor,
    draining: draining.signal,
    stopping: stopping.signal,
    onMessage: (message) => messages.push(message),
  }).finally(() => executor[Symbol.asyncDispose]());
  ended.catch(() => {});
  const drain = async (): Promise<void> => {
    draining.abort();
    await ended;
  };
  const stop = async (): Promise<void> => {
    stopping.abort();
    await drain();
  };
  return {
    ended,
    messages,
    drain,
    stop,
    async [Symbol.asyncDispose]() {
      await stop().catch(() => {});
    },
  };
}

/** A driver in this process. */
export interface TestDriver extends AsyncDisposable {
  readonly executor: Executor;
  /** What it said last about its workers. */
  readonly status: () => RemoteStatus;
  /** Resolves when the condition holds for what the driver says about its workers. */
  until(condition: (status: RemoteStatus) => boolean): Promise<void>;
}

/** Starts the driver of a queue. */
export async function startDriver(url: string, names: QueueNames, folder = '/nowhere'): Promise<TestDriver> {
  const { onStatus, status, until } = createStatusFeed();
  const executor = await createQueueExecutor({
    address: resolveRedisAddress(url, {}),
    names,
    libraries: await loadQueueLibraries(),
    proof: scriptedProof,
    maxSlots: 100,
    folder,
    onStatus,
  });
  return {
    executor,
    status,
    until,
    [Symbol.asyncDispose]: () => executor[Symbol.asyncDispose](),
  };
}
