import { trialKey } from '../../campaign/trial.js';
import type { CampaignProof } from '../campaign-proof.js';
import { isIdOf, type RemoteJob, readJob } from '../remote-job.js';

/** A job whose form was checked. */
export interface CheckedJob {
  readonly id: string;
  readonly remote: RemoteJob;
}

/**
 * Reads a job and checks that its parts belong together. Nothing in it is run. Throws TypeError with a sentence about
 * what is wrong with it. The proof that the job carries is left to the caller.
 */
export function checkJob(
  id: string | undefined,
  data: unknown,
  proof: CampaignProof,
  parameters: readonly string[],
): CheckedJob {
  const remote = readJob(data);
  if (id === undefined || !isIdOf(id, remote.trial)) throw new TypeError('its id is not that of its trial');
  if (remote.proof.identity !== proof.identity) return { id, remote };
  if (trialKey(proof.identity, remote.spec) !== remote.trial)
    throw new TypeError('its key is not that of its parameters');
  const unknown = Object.keys(remote.spec.parameters).find((name) => !parameters.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`this campaign has no parameter ${JSON.stringify(unknown.slice(0, 100))}`);
  return { id, remote };
}
