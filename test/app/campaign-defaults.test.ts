import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { continueCampaign, prepareCampaign } from '../../src/app/prepare-campaign.js';
import type { CampaignFacts } from '../../src/campaign/event.js';
import { isSamePlan } from '../../src/config/identity/plan-differences.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fitfirst-defaults-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A campaign of a config that says these keys beside what it has to. */
async function campaignOf(keys: { fitFirst?: object; finish?: object }) {
  const path = join(folder, 'config.json');
  const config = {
    data: { generate: 'moons', rows: 60 },
    parameters: { hidden: { values: [2, 4] }, dropout: { values: [0, 0.5] } },
    fit_first: { grow: 'hidden', dropout: ['dropout'], ...keys.fitFirst },
    ...(keys.finish && { finish: keys.finish }),
  };
  writeFileSync(path, JSON.stringify(config));
  return prepareCampaign(path);
}

const optionsIn = ({ plan }: CampaignFacts) => plan.options;
const stagesIn = ({ plan }: CampaignFacts) => plan.stages.map(({ name }) => name);

describe('a campaign goes on', () => {
  it.each(['best', 'simplest', 'search'] as const)(
    'with the choice with which it began, %s, if the config says nothing of it',
    async (choose) => {
      const before = (await campaignOf({ fitFirst: { choose }, finish: { on: 'training' } })).facts;
      const { facts } = continueCampaign(await campaignOf({}), before);
      expect(facts).toEqual(before);
      expect(isSamePlan(before, facts)).toBe(true);
    },
  );

  it('in the old way if it is older than the choice', async () => {
    const begun = (await campaignOf({ fitFirst: { choose: 'search' } })).facts;
    expect(optionsIn(begun)).not.toHaveProperty('choose');
    const { facts } = continueCampaign(await campaignOf({}), begun);
    expect(stagesIn(facts)).toEqual(['grow', 'dropout', 'confirm', 'finish']);
  });

  it('with what the config says, if it does', async () => {
    const before = (await campaignOf({ fitFirst: { choose: 'search' }, finish: { on: 'training' } })).facts;
    const said = await campaignOf({ fitFirst: { choose: 'best' }, finish: { on: 'all' } });
    const { facts } = continueCampaign(said, before);
    expect(facts).toEqual(said.facts);
    expect(isSamePlan(before, facts)).toBe(false);
    expect(stagesIn(facts)).toEqual(['grow', 'dropout', 'finalists', 'confirm', 'finish']);
  });
});
