import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorCode, FitfirstError } from '../../campaign/fitfirst-error.js';
import { serveCampaigns } from './serve-campaigns.js';

/** What the thread of a server is given: the parameters of `serveCampaigns`. */
export interface ServeOrder {
  readonly folder: string;
  readonly port: number;
}

/** What it answers once: where it serves, or why it does not. */
export type ServeReply =
  | { readonly type: 'serving'; readonly address: string }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly message: string };

const { folder, port }: ServeOrder = workerData;

try {
  const { address, close } = await serveCampaigns(folder, port);
  // Any message says that it is to end.
  parentPort?.once('message', () => close().then(() => parentPort?.close()));
  reply({ type: 'serving', address });
} catch (error) {
  if (!(error instanceof FitfirstError)) throw error;
  // Of an error that leaves a thread, only its text is left.
  reply({ type: 'refused', code: error.code, message: error.message });
}

function reply(message: ServeReply): void {
  parentPort?.postMessage(message);
}
