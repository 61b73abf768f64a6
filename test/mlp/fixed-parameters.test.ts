import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { continueCampaign, prepareCampaign } from '../../src/app/prepare-campaign.js';
import { configFingerprint } from '../../src/config/identity/config-fingerprint.js';
import { trainingIdentity } from '../../src/config/identity/training-identity.js';
import { parseCampaignEvent } from '../../src/journal/campaign-event.js';
import { currentParameters, fixedParameters } from '../../src/mlp/fixed-parameters.js';

const fixtures = fileURLToPath(new URL('../fixtures/version-0.1.0/', import.meta.url));

/** The first event of a campaign that version 0.1.0 began. */
function startOf(campaign: string) {
  const [state = ''] = readdirSync(join(fixtures, campaign, 'states'));
  const journal = readFileSync(join(fixtures, campaign, 'states', state, 'journal.jsonl'), 'utf8');
  return JSON.parse(journal.split('\n')[1] ?? '').event;
}

/** Identity and config of a fixture as a version would have them whose network has another parameter. */
async function preparedWith(campaign: string, value: number, neutral: number) {
  const prepared = await prepareCampaign(join(fixtures, campaign, 'config.yaml'));
  const begun = parseCampaignEvent(startOf(campaign));
  if (begun.type !== 'campaign-started') throw new RangeError('a journal begins with its campaign');
  const { loaded, facts } = continueCampaign(prepared, begun);
  const defaults = fixedParameters(Object.keys(loaded.config.space), {
    defaults: { ...currentParameters.defaults, gradient_clip: value },
    neutral: { ...currentParameters.neutral, gradient_clip: neutral },
  });
  const config = { ...loaded.config, defaults };
  return {
    identity: trainingIdentity(config, facts.data?.hash ?? null),
    config: configFingerprint(config),
  };
}

describe.each(['mlp-fit-first', 'mlp-grid', 'mlp-table'])('the campaign %s of version 0.1.0', (campaign) => {
  const start = startOf(campaign);

  it('keeps its identity where the network gets another parameter that changes nothing by default', async () => {
    const { identity, config } = await preparedWith(campaign, 0, 0);
    expect(identity).toBe(start.identity);
    expect(config).toMatchObject({ parameters: start.config.parameters });
    expect(Object.keys(Object(config).parameters).sort()).toEqual(
      Object.keys(start.config.parameters).sort(),
    );
  });

  it('is another campaign where the default of the new parameter changes results', async () => {
    const { identity } = await preparedWith(campaign, 1, 0);
    expect(identity).not.toBe(start.identity);
  });
});

it('keeps the parameters of version 0.1.0 in the identity at whatever value', () => {
  const { defaults } = currentParameters;
  const fixed = fixedParameters(['epochs'], { defaults, neutral: { dropout: 0, momentum: 0.9 } });
  expect(fixed).toMatchObject({ dropout: 0, momentum: 0.9 });
  expect(fixed).not.toHaveProperty('epochs');
});
