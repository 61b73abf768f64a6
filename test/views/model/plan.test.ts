import { describe, expect, it } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import type { CampaignPlan } from '../../../src/campaign/plan.js';
import type { TrialSpec } from '../../../src/campaign/trial.js';
import { growthOf } from '../../../src/views/model/growth.js';
import { leaderboardOf } from '../../../src/views/model/leaderboard.js';
import { stageSteps } from '../../../src/views/model/stage-progress.js';
import { reportHtml } from '../../../src/views/report/report.js';
import { chartsOf } from '../../../src/views/screen/widgets/charts.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { after } from '../scripted-campaign.js';

/** A plan of a method that does not exist: its stages have names that no view knows. */
const plan: CampaignPlan = {
  stages: [
    { name: 'widen', role: 'grow' },
    { name: 'explore', role: 'search' },
    { name: 'duel', role: 'race' },
    { name: 'hand_over', role: 'finish' },
  ],
  growth: {
    parameter: 'hidden',
    sizes: [[8], [64, 32], [64, 64]],
    metric: 'train_loss',
    goal: 'minimize',
    repeats: 1,
    quorum: 1,
    open: null,
    until: null,
  },
  regularisers: [{ name: 'drop', off: 'none' }],
  options: { width: 3 },
};

const until = { metric: 'train_loss', goal: 'minimize', bound: 0.1 } as const;
const growing: TrialSpec[] = [[64, 32], [8]].map((hidden) => specOf({ hidden, drop: 'none' }, { until }));
const racing = ['none', 'some', 'much'].map((drop) => specOf({ hidden: [64, 32], drop }));

const events: CampaignEvent[] = [
  {
    type: 'campaign-started',
    ...factsOf({ method: 'widen_and_duel', plan, parameters: ['hidden', 'drop'] }),
  },
  planned('widen', growing),
  ...growing.flatMap((spec, i) => finished(spec, { train_loss: 0.4 + i, val_loss: 1 })),
  planned('duel', racing),
  ...racing.flatMap((spec, i) => finished(spec, { val_loss: 1 - i / 10 })),
];
const { campaign } = after(dated(events));

describe('views of a method that they do not know', () => {
  it('show lists of widths in the order of the plan, and the best value by the goal of the metric', () => {
    const growth = growthOf(campaign);
    expect(growth).toMatchObject({ parameter: 'hidden', metric: 'train_loss' });
    expect(growth?.sizes.map(({ size, state, training }) => [size, state, training])).toEqual([
      [[8], 'trying', 1.4],
      [[64, 32], 'trying', 0.4],
      [[64, 64], 'to-come', null],
    ]);
  });

  it('mark the baseline by the off values of the plan', () => {
    const board = leaderboardOf(campaign, 'duel');
    expect(
      board?.contenders.map(({ parameters, baseline, best }) => [parameters.drop, baseline, best]),
    ).toEqual([
      ['none', true, false],
      ['some', false, false],
      ['much', false, true],
    ]);
  });

  it('draw a stage by what it is for', () => {
    expect(stageSteps(campaign).map(({ stage, state }) => [stage, state])).toEqual([
      ['widen', 'done'],
      ['explore', 'done'],
      ['duel', 'current'],
      ['hand_over', 'to-come'],
    ]);
    expect(chartsOf(campaign, 120).map(({ id, drawn }) => [id, drawn.kind])).toEqual([
      ['widen', 'growth'],
      ['duel', 'board'],
    ]);
    const page = reportHtml(campaign, '1.2.3');
    expect(page).toContain('<h2>Widen, dropout off</h2>');
    expect(page).toContain('<h2>Duel</h2>');
    expect(page).not.toContain('<h2>Explore</h2>');
  });
});
