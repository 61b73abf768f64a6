import { describe, expect, it } from 'vitest';
import { type Campaign, emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import type { CampaignEvent } from '../../src/campaign/event.js';
import { importanceSection } from '../../src/views/report/sections/importance-section.js';
import { importanceRows } from '../../src/views/tables/importance-table.js';
import { formatImportance } from '../../src/views/text/format-importance.js';
import { searchPlan } from '../support/plans.js';
import { factsOf, finished, planned, specOf } from '../views/campaigns.js';

/** A grid over sizes and rates on two repeats, of which the size matters most. */
function campaignOf(sizes: readonly number[], isConcluded: boolean): Campaign {
  const rates = [0, 0.2, 0.5];
  const specs = sizes.flatMap((hidden) =>
    rates.flatMap((dropout) => [1, 2].map((repeat) => specOf({ hidden, dropout }, { repeat }))),
  );
  const loss = (hidden: number, dropout: number, repeat: number): number =>
    1 / hidden + 0.2 * dropout + 0.1 * repeat + ((hidden * 7 + dropout * 10) % 3) * 1e-3 * repeat;
  const stage = searchPlan.stages[0]?.name ?? '';
  const events: CampaignEvent[] = [
    {
      type: 'campaign-started',
      ...factsOf({
        parameters: ['hidden', 'dropout'],
        space: {
          hidden: { kind: 'values', values: sizes, probabilities: null },
          dropout: { kind: 'values', values: rates, probabilities: null },
        },
      }),
    },
    planned(stage, specs),
    ...specs.flatMap((spec) => {
      const { hidden, dropout } = spec.parameters;
      return finished(spec, { val_loss: loss(Number(hidden), Number(dropout), spec.repeat) });
    }),
  ];
  if (isConcluded) {
    events.push({ type: 'campaign-concluded', kind: 'chosen', chosen: null, because: 'done', findings: [] });
  }
  return events.reduce(evolve, emptyCampaign);
}

describe('importance in the views', () => {
  const campaign = campaignOf([2, 4, 8, 16], true);

  it.each([40, 60, 80, 120])('fits %i columns in the terminal', (width) => {
    const lines = formatImportance(campaign, width).trimEnd().split('\n');
    expect(lines[0]).toBe('Importance for val_loss');
    expect(lines[2]).toMatch(/^ {2}hidden +█+ +9\d.* % ± .* %/);
    const longest = Math.max(...lines.map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(Math.max(width, 56));
  });

  it('says what is missing where there are too few settings', () => {
    expect(formatImportance(campaignOf([2, 4], true), 80)).toContain('at least 8 settings');
    expect([...importanceRows(campaignOf([2, 4], true))]).toHaveLength(1);
    expect(importanceSection(campaignOf([2, 4], true))).toBeNull();
  });

  it('is a table with a row for each parameter and each pair', () => {
    const [header, hidden, dropout, pair] = [...importanceRows(campaign)];
    expect(header).toEqual(['parameter', 'with', 'share', 'standard_error', 'among_best']);
    expect(hidden?.slice(0, 2)).toEqual(['hidden', null]);
    expect(dropout?.slice(0, 2)).toEqual(['dropout', null]);
    expect(pair?.slice(0, 2)).toEqual(['hidden', 'dropout']);
  });

  it('is a chapter of the report of a concluded campaign', () => {
    expect(importanceSection(campaign)?.text).toMatch(/<th scope="row">hidden<\/th>\s*<td>.*width:9\d/);
    expect(importanceSection(campaignOf([2, 4, 8, 16], false))).toBeNull();
  });
});
