import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { entryUrl } from '../../platform/entry-url.js';
import { errorMessage } from '../../text/error-message.js';

/** What the thread that loads a module for trial answers: null, or why it is no trainer. */
export type ModuleVerdict = string | null;

/**
 * Loads a module of the user's own once, on a thread of its own, so that what is wrong with it costs no trial. What it
 * prints meanwhile is not shown. Throws CONFIG_INVALID where it cannot be loaded or is no trainer.
 */
export async function checkModule(path: string): Promise<void> {
  const { url, execArgv } = entryUrl('module-check-worker', import.meta.url);
  // Imported, and not the thread's own file: from sources it is TypeScript, which a loader has to see.
  const worker = new Worker(`import(${JSON.stringify(url.href)})`, {
    eval: true,
    workerData: path,
    stdout: true,
    stderr: true,
    ...(execArgv.length === 0 ? {} : { execArgv: [...execArgv] }),
  });
  try {
    const verdict = await Promise.race([
      once(worker, 'message').then(([message]: ModuleVerdict[]) => message ?? null),
      once(worker, 'exit').then(() => `The trainer ${path} ends its thread while it is loaded.`),
    ]).catch((error: unknown) => `The trainer ${path} throws while it is loaded: ${errorMessage(error)}`);
    if (verdict !== null) throw new FitfirstError('CONFIG_INVALID', verdict);
  } finally {
    await worker.terminate();
  }
}
