import { setTimeout as pause } from 'node:timers/promises';
import type { Redis, RedisOptions } from 'ioredis';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { errorCode, errorMessage } from '../text/error-message.js';
import type { RedisAddress } from './redis-address.js';

/** The libraries of the queue. They are optional, so they are loaded only when a campaign needs them. */
export interface QueueLibraries {
  readonly bullmq: typeof import('bullmq');
  readonly ioredis: Pick<typeof import('ioredis'), 'Redis'>;
}

/** Loads BullMQ and ioredis. Throws USAGE_INVALID, with the command that installs them, if they are missing. */
export async function loadQueueLibraries(): Promise<QueueLibraries> {
  try {
    const [bullmq, ioredis] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { bullmq, ioredis };
  } catch (error) {
    if (errorCode(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new FitfirstError(
      'USAGE_INVALID',
      'Trials over Redis need the packages bullmq and ioredis, which are not installed. Install them where fitfirst ' +
        'is installed:\n\n  npm install bullmq@6.7.0 ioredis@5.11.1',
      { cause: error },
    );
  }
}

/** Milliseconds for which the first connection is tried. Redis may start at the same time, as in a container. */
const FIRST_CONNECTION = 10_000;
const FIRST_PAUSE = 250;
const CONNECT_TIMEOUT = 5_000;
const MAX_RECONNECT_PAUSE = 1_000;
/**
 * Milliseconds of silence after which a connection is probed that waits for messages. If its server has lost power, no
 * packet would ever say so.
 */
const PROBE_AFTER = 5_000;

/** Waits a while for Redis. Throws EXECUTOR_BROKEN if it cannot be reached, refuses the password, or is too old. */
export async function reachRedis(
  address: RedisAddress,
  { ioredis }: QueueLibraries,
  signal?: AbortSignal,
): Promise<void> {
  const until = Date.now() + FIRST_CONNECTION;
  for (;;) {
    const problem = await probe(address, ioredis);
    if (problem === null) return;
    if (!problem.mayPass || Date.now() > until || signal?.aborted)
      throw new FitfirstError('EXECUTOR_BROKEN', `Redis at ${address.shown}: ${problem.sentence}`);
    await pause(FIRST_PAUSE);
  }
}

/** Connects to Redis. Once it was reached, commands wait for as long as Redis is away. Throws as `reachRedis` does. */
export async function connectRedis(
  address: RedisAddress,
  libraries: QueueLibraries,
  signal?: AbortSignal,
): Promise<Redis> {
  await reachRedis(address, libraries, signal);
  const client = new libraries.ioredis.Redis({
    ...optionsFor(address),
    maxRetriesPerRequest: null,
    enableAutoPipelining: false,
    keepAlive: PROBE_AFTER,
    retryStrategy: (times) => Math.min(50 * 2 ** times, MAX_RECONNECT_PAUSE),
  });
  // Without a listener, ioredis prints each failed attempt. Connection losses show in the state of the client.
  client.on('error', () => {});
  return client;
}

function optionsFor(address: RedisAddress): RedisOptions {
  const { host, port, database: db, username, password, isEncrypted } = address;
  return {
    host,
    port,
    db,
    connectTimeout: CONNECT_TIMEOUT,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(isEncrypted && { tls: { servername: host } }),
  };
}

interface ConnectionProblem {
  readonly sentence: string;
  /** Whether another attempt may succeed. */
  readonly mayPass: boolean;
}

/** Tries to connect once. Returns null if Redis can be used. */
async function probe(
  address: RedisAddress,
  ioredis: QueueLibraries['ioredis'],
): Promise<ConnectionProblem | null> {
  const client = new ioredis.Redis({
    ...optionsFor(address),
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: unknown = null;
  client.on('error', (error) => {
    reason ??= error;
  });
  try {
    await client.connect();
    const version = /redis_version:(\d+)\.(\d+)/.exec(await client.info('server'));
    const [major, minor] = [Number(version?.[1] ?? 0), Number(version?.[2] ?? 0)];
    if (major < 6 || (major === 6 && minor < 2))
      return { sentence: `version 6.2 or later is needed; found ${major}.${minor}.`, mayPass: false };
    return null;
  } catch (error) {
    return describe(reason ?? error);
  } finally {
    client.disconnect();
  }
}

function describe(error: unknown): ConnectionProblem {
  const message = errorMessage(error);
  if (/WRONGPASS|NOAUTH|invalid password|without any password/i.test(message)) {
    const sentence =
      'the user or password was refused. Give them in the URL, or as FITFIRST_REDIS_USERNAME and ' +
      'FITFIRST_REDIS_PASSWORD.';
    return { sentence, mayPass: false };
  }
  const code = errorCode(error) ?? message;
  if (/CERT|SSL|TLS|SELF_SIGNED|EPROTO/i.test(code)) {
    const sentence =
      `the encrypted connection failed (${code}). Does Redis use TLS there? Name the file of its certificate ` +
      'authority in NODE_EXTRA_CA_CERTS.';
    return { sentence, mayPass: false };
  }
  return {
    sentence: `it cannot be reached (${code}). Is it running, and is the address right?`,
    mayPass: true,
  };
}
