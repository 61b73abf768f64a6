import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { continueCampaign, prepareCampaign } from '../../src/app/prepare-campaign.js';
import type { CampaignFacts } from '../../src/campaign/event.js';
import { changesOfPlan, isSamePlan } from '../../src/config/identity/plan-differences.js';
import { parseCampaignEvent } from '../../src/journal/campaign-event.js';

const concluded = { type: 'campaign-concluded', chosen: null, findings: [] };

/** The finding of version 0.1.0 that no size fits, as its conclusion held it. */
const nothingFits = (near: string) => ({
  kind: 'fitted',
  parameters: null,
  because: `No size in the range fits.${near} At hidden 4 the training loss is flat at the end: try more units.`,
});

describe('the conclusion of a campaign of version 0.1.0', () => {
  it.each([
    ['chosen', { chosen: 'ab12', because: 'hidden 4 has the best mean val_loss: 0.3.' }],
    ['failed', { because: 'No setting gave val_loss on all of its repeats.' }],
    ['failed', { because: 'No trial without dropout finished, at any size.' }],
    [
      'nothing-fits',
      {
        because: 'Nothing fits, and the config says to stop then.',
        findings: [nothingFits(' The best was train_accuracy 0.9 at hidden 4.')],
      },
    ],
    ['failed', { because: 'Nothing fits, and the config says to stop then.', findings: [nothingFits('')] }],
  ])('is %s by what it says', (kind, event) => {
    expect(parseCampaignEvent({ ...concluded, ...event })).toMatchObject({ kind });
  });
});

const fixtures = fileURLToPath(new URL('../fixtures/version-0.1.0/', import.meta.url));

/** The first facts in the journal of a campaign that version 0.1.0 began. */
function factsIn(campaign: string): CampaignFacts {
  const [state = ''] = readdirSync(join(fixtures, campaign, 'states'));
  const journal = readFileSync(join(fixtures, campaign, 'states', state, 'journal.jsonl'), 'utf8');
  const event = parseCampaignEvent(JSON.parse(journal.split('\n')[1] ?? '').event);
  if (event.type !== 'campaign-started') throw new RangeError('a journal begins with its campaign');
  const { type: _, ...facts } = event;
  return facts;
}

/** Facts without the sentences of their findings, which later versions may word in another way. */
function withoutSentences({ findings, ...facts }: CampaignFacts): object {
  return { ...facts, findings: findings.map(({ because: _, ...finding }) => finding) };
}

describe('the facts of a campaign of version 0.1.0', () => {
  it.each(['mlp-fit-first', 'mlp-table', 'mlp-grid', 'mlp-random', 'mlp-nothing-fits'])(
    'are those that this version works out from the config of %s',
    async (campaign) => {
      const prepared = await prepareCampaign(join(fixtures, campaign, 'config.yaml'));
      const { facts } = continueCampaign(prepared, factsIn(campaign));
      expect(withoutSentences(factsIn(campaign))).toEqual(withoutSentences(facts));
    },
  );

  it.each(['module-fit-first', 'command-fit-first'])(
    'are the same for %s, but for the off values, which were not recorded',
    async (campaign) => {
      const prepared = await prepareCampaign(join(fixtures, campaign, 'config.yaml'));
      const { facts } = continueCampaign(prepared, factsIn(campaign));
      const before = factsIn(campaign);
      const regularisers = facts.plan.regularisers.map(({ name }) => ({ name, off: null }));
      expect(before).toEqual({ ...facts, plan: { ...facts.plan, regularisers } });
      expect(isSamePlan(before, facts)).toBe(true);
      expect(changesOfPlan(before, facts)).toEqual([]);
    },
  );

  it('notices a changed off value in campaigns that recorded it', async () => {
    const prepared = await prepareCampaign(join(fixtures, 'command-fit-first', 'config.yaml'));
    const { facts } = continueCampaign(prepared, factsIn('command-fit-first'));
    const regularisers = facts.plan.regularisers.map(({ name }) => ({ name, off: 1 }));
    const now = { ...facts, plan: { ...facts.plan, regularisers } };
    expect(isSamePlan(facts, now)).toBe(false);
    expect(changesOfPlan(facts, now)).toEqual(['off.dropout: was 0, is 1']);
  });
});
