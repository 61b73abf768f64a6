import { version } from '../../src/platform/version.js';
import { type CampaignProof, PROTOCOL } from '../../src/remote/campaign-proof.js';

/** The proof of a campaign with the scripted trainer. */
export const scriptedProof: CampaignProof = {
  protocol: PROTOCOL,
  version,
  identity: 'ab'.repeat(32),
  config: {},
  data: null,
  code: {},
};
