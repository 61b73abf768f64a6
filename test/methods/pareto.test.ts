import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { Finding } from '../../src/campaign/finding.js';
import type { Goal } from '../../src/campaign/metric.js';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { gridMethod } from '../../src/methods/grid/grid.js';
import { dominates, paretoOrder, paretoRanks } from '../../src/methods/pareto/pareto-order.js';
import { randomMethod } from '../../src/methods/random/random.js';
import { sobolMethod } from '../../src/methods/sobol/sobol.js';
import { tpeMethod } from '../../src/methods/tpe/tpe.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { reportHtml } from '../../src/views/report/report.js';
import { summarise } from '../../src/views/summary/summary.js';
import { frontRows } from '../../src/views/tables/front-table.js';
import { emptyFolder } from '../support/command-line.js';
import type { Landscape } from '../support/landscape.js';
import { searchPlan } from '../support/plans.js';
import { playOut } from '../support/play-out.js';
import { runWindowed } from '../support/windowed-campaign.js';

describe('the Pareto front', () => {
  /** Points with few different values, so that some are equal, and with some that are not finite. */
  function randomPoints(seed: number): { points: number[][]; goals: Goal[] } {
    const stream = keyedStream('pareto', seed);
    const objectives = 1 + stream.below(4);
    const goals = Array.from({ length: objectives }, (): Goal => (stream.below(2) ? 'minimize' : 'maximize'));
    const value = (): number => (stream.below(20) === 0 ? Number.NaN : stream.below(6) - 3);
    return { goals, points: Array.from({ length: 1 + stream.below(40) }, () => goals.map(value)) };
  }

  it('has the points that no other dominates, and every other point is dominated by one of the front', () => {
    for (let seed = 0; seed < 300; seed++) {
      const { points, goals } = randomPoints(seed);
      const ranks = paretoRanks(points, goals);
      const front = points.filter((_, i) => ranks[i] === 0);
      for (const [i, point] of points.entries()) {
        const isDominated = points.some((other) => dominates(other, point, goals));
        const isKnown = point.every(Number.isFinite);
        expect(ranks[i] === 0, `seed ${seed}, point ${i}`).toBe(isKnown && !isDominated);
        if (isKnown && isDominated) expect(front.some((other) => dominates(other, point, goals))).toBe(true);
        if (!isKnown) expect(ranks[i]).toBe(Number.POSITIVE_INFINITY);
      }
    }
  });

  it('comes first in the order of merit, which has every point once', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { points, goals } = randomPoints(seed);
      const ranks = paretoRanks(points, goals);
      const order = paretoOrder(points, goals);
      expect([...order].sort((a, b) => a - b)).toEqual([...points.keys()]);
      const sorted = order.map((i) => ranks[i] ?? 0);
      expect(sorted.every((rank, i) => i === 0 || (sorted[i - 1] ?? 0) <= rank)).toBe(true);
    }
  });
});

const space: SearchSpace = {
  hidden: { kind: 'values', values: [2, 4, 8, 16, 32], probabilities: null },
  dropout: { kind: 'values', values: [0, 0.2, 0.5], probabilities: null },
};

/** More weights give a smaller loss, and dropout 0.2 is the best at every size. */
const world: Landscape = ({ parameters, repeat, epochs }) => {
  const noise = keyedStream('front', JSON.stringify(parameters), repeat).normal() / 1e3;
  const loss = 1 / Number(parameters.hidden) + Math.abs(Number(parameters.dropout) - 0.2) + noise;
  return Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    metrics: { val_loss: loss + 1 / (i + 1) },
  }));
};

const surroundings = contextOf({ space });
const objectives = [{ name: 'weights', goal: 'minimize' }] as const;
const context = { ...surroundings, comparison: { ...surroundings.comparison, objectives } };
const methods = {
  grid: () => gridMethod.create({ ...searchPlan, options: {} }, context),
  random: () => randomMethod.create({ ...searchPlan, options: { trials: 40 } }, context),
  sobol: () => sobolMethod.create({ ...searchPlan, options: { trials: 40 } }, context),
  tpe: () => tpeMethod.create({ ...searchPlan, options: { trials: 40, start: 8, window: 4 } }, context),
};

function frontIn(campaign: Campaign) {
  const isFront = (one: Finding): one is Extract<Finding, { kind: 'front' }> => one.kind === 'front';
  return campaign.findings.toArray().filter(isFront).at(-1);
}

describe.each(Object.entries(methods))('%s over the loss and the number of weights', (_, create) => {
  it('finds the front, with intervals, and chooses its best in the metric', () => {
    const campaign = playOut(create(), world);
    const front = frontIn(campaign);
    const tried = new Set([...campaign.trials.values()].map(({ spec }) => JSON.stringify(spec.parameters)));
    const best = [32, 16, 8, 4, 2]
      .map((hidden) => ({ hidden, dropout: 0.2 }))
      .filter((one) => tried.has(JSON.stringify(one)));
    expect(best.length).toBeGreaterThan(2);
    expect(front?.settings.map(({ parameters }) => parameters)).toEqual(best);
    for (const { parameters, values } of front?.settings ?? []) {
      const [loss, weights] = values;
      expect(weights).toMatchObject({ mean: parameters.hidden, low: parameters.hidden });
      expect(loss?.repeats).toBe(4);
      expect(loss?.low).toBeLessThan(loss?.mean ?? 0);
    }
    const chosen = campaign.trials.get(campaign.conclusion?.chosen as never);
    expect(chosen?.spec.parameters).toEqual({ hidden: 32, dropout: 0.2 });
  });

  it('leaves the same bytes for 1 and 4 workers', async () => {
    await using folder = await emptyFolder();
    const run = (slots: number) =>
      runWindowed(`${folder.path}/${slots}`, slots, slots, undefined, undefined, create());
    const want = await run(1);
    expect(want).toContain('Pareto front');
    expect(await run(4)).toBe(want);
  });
});

describe('a front', () => {
  const campaign = playOut(methods.grid(), world);

  it('is in the summary, in a table of its own and in the report', () => {
    const { front } = summarise(campaign);
    expect(front).toHaveLength(5);
    expect(front?.[0]).toMatchObject({
      parameters: { hidden: 32, dropout: 0.2 },
      values: { weights: { mean: 32 } },
    });
    const rows = frontRows(campaign);
    expect(rows?.[0]).toEqual([
      'hidden',
      'dropout',
      'learning_rate',
      'val_loss',
      'val_loss_low',
      'val_loss_high',
      'weights',
      'weights_low',
      'weights_high',
      'repeats',
    ]);
    expect(rows).toHaveLength(6);
    const page = reportHtml(campaign, '1.2.3');
    expect(page).toContain('<section id="front">');
    expect(page).toContain('5 settings are on the Pareto front: from hidden 32, dropout 0.2 with val_loss');
  });
});
