import { once } from 'node:events';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { entryUrl } from '../../platform/entry-url.js';
import { formatBytes } from '../../text/bytes.js';
import { errorCode } from '../../text/error-message.js';
import type { Serving } from './serve-campaigns.js';
import type { ServeOrder, ServeReply } from './serve-worker.js';

/** Pages that are being served by a thread of their own. */
export interface ThreadServing extends Serving {
  /** Never resolves. Rejects if the thread ends by itself: OUT_OF_MEMORY, or what it threw, which is a bug. */
  readonly broken: Promise<never>;
}

/**
 * How V8 collects the garbage of threads that start from now on. A server that follows a run always does a little, and
 * V8 takes such a program for an idle one: it shrinks the part for new objects to 1 MB, so that each look at a journal
 * fills it, and marks all objects again and again to give memory back. This took half of the server's processor time.
 * Now that part keeps 16 MB, and all objects are marked when there are four times as many bytes as the last time.
 */
const MEMORY_FLAGS = ['--no-memory-reducer', '--min-semi-space-size=16', '--heap-growing-percent=300'];

/**
 * As `serveCampaigns`, on a thread of its own, since V8 heeds such settings only where a thread or a process starts.
 * They hold for all threads of this process that start later, so this is for a program that does nothing else.
 */
export async function serveInThread(folder: string, port: number): Promise<ThreadServing> {
  for (const flag of MEMORY_FLAGS) setFlagsFromString(flag);
  const order: ServeOrder = { folder, port };
  const worker = new Worker(entryUrl('serve-worker', import.meta.url).code, {
    eval: true,
    workerData: order,
  });
  const broken = once(worker, 'error').then(([error]) => {
    throw brokenBy(error);
  });
  const [reply]: ServeReply[] = await Promise.race([once(worker, 'message'), broken]);
  if (reply?.type === 'refused') throw new FitfirstError(reply.code, reply.message);
  return {
    address: reply?.address ?? '',
    broken,
    close() {
      const ended = new Promise<void>((ended) => {
        worker.once('exit', () => ended());
      });
      worker.postMessage('close');
      return ended;
    },
  };
}

function brokenBy(error: unknown): unknown {
  if (errorCode(error) !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  const limit = formatBytes(getHeapStatistics().heap_size_limit);
  return new FitfirstError(
    'OUT_OF_MEMORY',
    `Memory ran out: to show these campaigns takes more than the ${limit} that Node uses at most here. ` +
      'Serve a folder with fewer of them, or allow more with NODE_OPTIONS=--max-old-space-size=8192 (in MB).',
  );
}
