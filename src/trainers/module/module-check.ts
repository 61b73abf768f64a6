import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { entryUrl } from '../../platform/entry-url.js';
import { errorMessage } from '../../text/error-message.js';

/** What the thread that loads a module for trial answers: null, or why it is no trainer. */
export type ModuleVerdict = string | null;

/**
 * Loads the user's module once, on a thread of its own, so that what is wrong with it costs no trial. Its output is
 * not shown. Says why it cannot be loaded or is no trainer; null where all is well.
 */
export async function checkModule(path: string): Promise<string | null> {
  const { code } = entryUrl('module-check-worker', import.meta.url);
  const worker = new Worker(code, {
    eval: true,
    workerData: path,
    stdout: true,
    stderr: true,
  });
  try {
    return await Promise.race([
      once(worker, 'message').then(([message]: ModuleVerdict[]) => message ?? null),
      once(worker, 'exit').then(() => `The trainer ${path} ends its thread while it is loaded.`),
    ]).catch((error: unknown) => `The trainer ${path} throws while it is loaded: ${errorMessage(error)}`);
  } finally {
    await worker.terminate();
  }
}
