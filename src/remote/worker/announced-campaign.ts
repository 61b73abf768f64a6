import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { type CampaignProof, proofDifference } from '../campaign-proof.js';
import { MAX_MESSAGE_BYTES } from '../limits.js';
import type { QueueNames } from '../queue-names.js';
import { readAnnouncement, type ToDriver } from '../remote-message.js';

/** Throws CONFIG_CHANGED, and says so to the driver, if a driver has announced another campaign. */
export async function checkAnnouncedCampaign(
  client: Redis,
  names: QueueNames,
  proof: CampaignProof,
  tell: (message: ToDriver) => Promise<void>,
): Promise<void> {
  const text = await client.get(names.campaign);
  if (text === null || text.length > MAX_MESSAGE_BYTES) return;
  const { proof: announced, host } = readAnnouncement(text);
  const difference = proofDifference(proof, announced);
  if (difference === null) return;
  await tell({ type: 'refused', host: hostname(), pid: process.pid, message: `${difference}.` });
  throw new FitfirstError(
    'CONFIG_CHANGED',
    `This worker cannot take trials of the queue "${names.queue}": compared with the driver on ` +
      `${host}, ${difference}. Give driver and workers the same config, data and code, and start this worker again.`,
  );
}
