import { z } from 'zod';
import { parseBytes } from '../../text/bytes.js';
import { parseDuration } from '../../text/duration.js';
import { defineExecutorKind, programOf } from './executor-kind.js';

const MEBIBYTE = 1_048_576;

/** Trials on worker threads of this process. */
export const threadsKind = defineExecutorKind({
  name: 'threads',
  runs: ['module'],
  schema: z
    .strictObject({
      grace: z
        .string()
        .refine((text) => parseDuration(text) !== null, {
          error: 'expected a duration such as 500ms, 2s or 1m',
        })
        .default('2s')
        .describe('How long a stopped trial may take to end before its thread is terminated.'),
      max_heap: z
        .string()
        .refine((text) => parseBytes(text) !== null, {
          error: 'expected an amount of memory such as 500MB or 2GiB',
        })
        .optional()
        .describe(
          "Limit on each thread's JavaScript heap, without array buffers. Default: Node's own limit.",
        ),
    })
    .describe('Worker threads of this process.'),
  async create({ grace, max_heap: maxHeap }, context) {
    const { url, data } = programOf(context, 'module');
    const { slots, seed, facts } = context;
    // Loaded where it is needed: most commands run no trials.
    const { createThreadPool } = await import('../threads/thread-pool.js');
    const heap = maxHeap === undefined ? null : parseBytes(maxHeap);
    return createThreadPool({
      slots,
      setup: { trainer: { url, data }, seed, metric: facts.metric },
      grace: parseDuration(grace) ?? 0,
      ...(heap === null
        ? {}
        : { resourceLimits: { maxOldGenerationSizeMb: Math.max(1, Math.floor(heap / MEBIBYTE)) } }),
    });
  },
});
