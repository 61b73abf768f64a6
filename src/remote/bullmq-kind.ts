import { z } from 'zod';
import { defineExecutorKind } from '../execution/kinds/executor-kind.js';
import { parseDuration } from '../text/duration.js';
import { proofOf } from './campaign-proof.js';
import { queueNames } from './queue-names.js';
import { forgetCredentials, holdsCredentials, resolveRedisAddress } from './redis-address.js';

const duration = z.string().refine((text) => parseDuration(text) !== null, {
  error: 'expected a duration such as 500ms, 2s or 1m',
});

/** Trials of a queue on as many machines as run a worker process. */
export const bullmqKind = defineExecutorKind({
  name: 'bullmq',
  runs: ['module', 'command'],
  isRemote: true,
  schema: z
    .strictObject({
      url: z
        .string()
        .optional()
        .describe(
          'Where Redis is: `redis://host:6379`, or `rediss://host:6379` with TLS. Default: `FITFIRST_REDIS_URL`. ' +
            'User and password come from `FITFIRST_REDIS_USERNAME` and `FITFIRST_REDIS_PASSWORD`, or from `--redis`.',
        ),
      queue: z
        .string()
        .regex(/^[\w.-]{1,100}$/, 'expected letters, digits, dots, hyphens and underscores')
        .optional()
        .describe('The name that driver and workers share. Default: the name of the campaign.'),
      lock: duration
        .default('30s')
        .describe(
          'A trial starts over on another worker if its own worker gives no sign of life for this long.',
        ),
      check_every: duration.default('5s').describe('How often workers look for such trials.'),
    })
    .describe('Worker processes on any number of machines, over a BullMQ queue in Redis or Valkey.'),
  problem: ({ url }) =>
    url !== undefined && holdsCredentials(url)
      ? 'executor.bullmq.url holds a user or a password, and a config is copied to the results folder. Write the ' +
        'address alone, and set FITFIRST_REDIS_USERNAME and FITFIRST_REDIS_PASSWORD, or use --redis.'
      : null,
  async assertUsable({ url }) {
    const { loadQueueLibraries, reachRedis } = await import('./redis-connection.js');
    await reachRedis(resolveRedisAddress(url, process.env), await loadQueueLibraries());
  },
  async create({ url, queue }, context) {
    const address = resolveRedisAddress(url, process.env);
    forgetCredentials(process.env);
    const { facts, places, slots, onStatus = () => {} } = context;
    // Loaded where they are needed: most campaigns run on one machine.
    const { loadQueueLibraries } = await import('./redis-connection.js');
    const { createQueueExecutor } = await import('./driver/queue-executor.js');
    return createQueueExecutor({
      address,
      names: queueNames(queue ?? facts.name),
      libraries: await loadQueueLibraries(),
      proof: proofOf(facts),
      maxSlots: slots,
      folder: places.folder,
      onStatus,
    });
  },
});
