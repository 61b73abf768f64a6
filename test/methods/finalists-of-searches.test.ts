import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { Finding } from '../../src/campaign/finding.js';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { gridMethod } from '../../src/methods/grid/grid.js';
import { hyperbandMethod } from '../../src/methods/hyperband/hyperband.js';
import type { MethodContext } from '../../src/methods/method-kind.js';
import { randomMethod } from '../../src/methods/random/random.js';
import { withFinalists } from '../../src/methods/search-finalists.js';
import { sobolMethod } from '../../src/methods/sobol/sobol.js';
import { tpeMethod } from '../../src/methods/tpe/tpe.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { summarise } from '../../src/views/summary/summary.js';
import { emptyFolder } from '../support/command-line.js';
import type { Landscape } from '../support/landscape.js';
import { searchPlan } from '../support/plans.js';
import { playOut } from '../support/play-out.js';
import { runWindowed } from '../support/windowed-campaign.js';

const space: SearchSpace = {
  hidden: { kind: 'values', values: [2, 4, 8, 16], probabilities: null },
  dropout: { kind: 'values', values: [0, 0.2, 0.5], probabilities: null },
  learning_rate: { kind: 'values', values: [0.01, 0.1], probabilities: null },
};

const CONFIRM = 5;

function methodsWith(changes: Partial<MethodContext> = {}) {
  const context = { ...contextOf({ space }), confirm: CONFIRM, ...changes };
  return {
    grid: () => gridMethod.create({ ...searchPlan, options: {} }, context),
    random: () => randomMethod.create({ ...searchPlan, options: { trials: 12 } }, context),
    sobol: () => sobolMethod.create({ ...searchPlan, options: { trials: 12 } }, context),
    tpe: () => tpeMethod.create({ ...searchPlan, options: { trials: 16, start: 4, window: 4 } }, context),
    hyperband: () => {
      const options = { eta: 3, min_epochs: 1, max_epochs: 3, sampler: 'random', rounds: 1, window: 8 };
      return hyperbandMethod.create({ ...searchPlan, options }, context);
    },
  };
}

const names = ['grid', 'random', 'sobol', 'tpe', 'hyperband'] as const;

const noise = ({ parameters, repeat }: TrialSpec): number =>
  keyedStream('finalists', JSON.stringify(parameters), repeat).normal();

const noisy: Landscape = (spec) =>
  Array.from({ length: spec.epochs }, (_, i) => ({
    epoch: i + 1,
    metrics: { val_loss: 5 + Math.log2(Number(spec.parameters.hidden)) + noise(spec) / 2 + 1 / (i + 1) },
  }));

const trialsIn = (campaign: Campaign, stage: string) =>
  [...campaign.trials.values()].filter((trial) => trial.stage === stage && trial.number !== null);

function last<Kind extends Finding['kind']>(campaign: Campaign, kind: Kind) {
  return campaign.findings
    .toArray()
    .filter((finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind)
    .at(-1);
}

describe.each(names)('%s', (name) => {
  it('runs its best settings on the same fresh repeats and names the choice with interval and ties', () => {
    const campaign = playOut(methodsWith()[name](), noisy);
    const finalists = new Map<string, number[]>();
    for (const { spec } of trialsIn(campaign, 'finalists')) {
      const setting = JSON.stringify(spec.parameters);
      finalists.set(setting, [...(finalists.get(setting) ?? []), spec.repeat]);
    }
    expect(finalists.size).toBeGreaterThan(1);
    for (const repeats of finalists.values()) expect(repeats).toEqual([5, 6, 7, 8, 9]);
    expect(trialsIn(campaign, 'search').every(({ spec }) => spec.repeat < 5)).toBe(true);
    const chosen = last(campaign, 'chosen');
    expect(chosen?.because).toMatch(
      / is chosen: the best of \d finalists on 5 fresh repeats, with mean val_loss .* \(95 % interval .* to .*\)\./,
    );
    expect(last(campaign, 'ties')).toBeDefined();
    const { fresh } = summarise(campaign);
    expect(fresh?.repeats).toBe(CONFIRM);
    expect(fresh?.low).toBeLessThan(fresh?.mean ?? 0);
    const handedOver = campaign.trials.get(campaign.conclusion?.chosen as never);
    expect(handedOver?.spec.parameters).toEqual(chosen?.parameters);
  });

  it('leaves the same bytes for 1 and 4 workers', async () => {
    await using folder = await emptyFolder();
    const run = (slots: number) =>
      runWindowed(`${folder.path}/${slots}`, slots, slots, undefined, undefined, methodsWith()[name]());
    const want = await run(1);
    expect(want).toContain('finalists');
    expect(await run(4)).toBe(want);
  });
});

describe('the finalists of a search', () => {
  /** Hidden 2 wins the search by luck; on fresh repeats hidden 16 is better. */
  const lucky: Landscape = ({ parameters, repeat }) => {
    const isLucky =
      parameters.hidden === 2 &&
      parameters.dropout === 0 &&
      parameters.learning_rate === 0.01 &&
      repeat > 0 &&
      repeat <= 4;
    const value =
      1 / Number(parameters.hidden) + Number(parameters.dropout) + Number(parameters.learning_rate);
    return [{ epoch: 1, metrics: { val_loss: value - (isLucky ? 2 : 0) + repeat / 1e4 } }];
  };

  it('leave a winner whose luck does not last, and say so', () => {
    const campaign = playOut(methodsWith().grid(), lucky);
    expect(last(campaign, 'chosen')?.parameters.hidden).not.toBe(2);
    expect(last(campaign, 'chosen')?.because).toMatch(
      /hidden 2, .* looked best in the search and has .* there\.$/,
    );
    expect(campaign.conclusion?.because).toContain('on fresh repeats');
  });

  it('are three where each setting ran once, so that luck can show', () => {
    const { comparison } = contextOf({ space });
    const once = { ...comparison, repeats: { first: 1, most: 1 } };
    const campaign = playOut(methodsWith({ comparison: once }).grid(), noisy);
    expect(trialsIn(campaign, 'finalists')).toHaveLength(3 * CONFIRM);
    expect(new Set(trialsIn(campaign, 'finalists').map(({ spec }) => spec.repeat))).toEqual(
      new Set([2, 3, 4, 5, 6]),
    );
    expect(campaign.findings.some(({ because }) => because.includes('may be luck'))).toBe(false);
  });

  it('give no interval where repeats do not differ', () => {
    const fixed: Landscape = ({ parameters }) => [
      { epoch: 1, metrics: { val_loss: Number(parameters.hidden) } },
    ];
    const campaign = playOut(methodsWith().grid(), fixed);
    expect(last(campaign, 'chosen')?.interval).toBeUndefined();
    expect(last(campaign, 'chosen')?.because).toMatch(/with mean val_loss 2\.$/);
    expect(last(campaign, 'warning')?.because).toContain('so no interval can be given');
  });

  it('are the winner alone, unconfirmed, where no finalist finishes all fresh repeats', () => {
    const failing: Landscape = (spec) => (spec.repeat > 4 ? [] : noisy(spec));
    const campaign = playOut(methodsWith().grid(), failing);
    expect(campaign.findings.map(({ because }) => because).join(' ')).toContain('is chosen unconfirmed');
    expect(campaign.conclusion?.kind).toBe('chosen');
  });

  it('have a stage of their own in the plan, before the finish', () => {
    const plan = withFinalists(searchPlan, 5);
    expect(plan.stages.map(({ role }) => role)).toEqual(['search', 'select', 'finish']);
    expect(plan.options).toEqual({ confirm: 5 });
    expect(withFinalists(searchPlan, 0)).toBe(searchPlan);
  });
});
