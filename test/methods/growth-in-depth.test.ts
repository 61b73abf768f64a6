import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { Finding } from '../../src/campaign/finding.js';
import type { OpenGrowth } from '../../src/campaign/plan.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import type { FitFirstOptions } from '../../src/methods/fit-first/options.js';
import { growthOf } from '../../src/views/model/growth.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { type Landscape, landscape } from '../support/landscape.js';
import { playOut } from '../support/play-out.js';

const depth = { parameter: 'layers', values: [1, 2, 3] };
const doubling: OpenGrowth = { step: { kind: 'times', by: 2 }, resolution: 1.5 };
const plan = {
  parameter: 'hidden',
  metric: 'train_accuracy',
  goal: 'maximize',
  repeats: 3,
  quorum: 2,
} as const;

/**
 * Networks of `layers` layers fit from so many units on. With fewer layers the training accuracy is the same from 8
 * units on, a little better for each layer.
 */
function needsLayers(layers: number, fitsFrom: number, gain = 0.1): Landscape {
  return (spec) => {
    const own = Number(spec.parameters.layers);
    if (own >= layers) return landscape({ fitsFrom })(spec);
    const accuracy = (Number(spec.parameters.hidden) < 8 ? 0.5 : 0.6) + gain * own;
    return landscape({ fitsFrom: 1000 })(spec).map(({ epoch, metrics }) => ({
      epoch,
      metrics: { ...metrics, train_accuracy: accuracy },
    }));
  };
}

function grow(shape: Landscape, changes: Partial<FitFirstOptions> = {}): Campaign {
  const names = ['hidden', 'layers', 'dropout', 'learning_rate'];
  const base = { names, varied: names, sizes: [4], open: doubling, depth };
  return playOut(fitFirst(fitFirstOptions({ ...base, ...changes })), shape);
}

function findings<Kind extends Finding['kind']>(campaign: Campaign, kind: Kind) {
  return campaign.findings
    .toArray()
    .filter((finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind);
}

const sizesOf = (campaign: Campaign) =>
  findings(campaign, 'size').map(({ size, depth: layers, fits }) => [size, layers, fits]);
const sentences = (campaign: Campaign, kind: Finding['kind']) =>
  findings(campaign, kind).map(({ because }) => because);

describe('growth in width and then in depth', () => {
  it('adds no layer where width alone leads to a fit', () => {
    const campaign = grow(needsLayers(1, 16));
    expect(sizesOf(campaign)).toEqual([
      [4, 1, false],
      [8, 1, false],
      [16, 1, true],
      [11, 1, false],
    ]);
    expect(findings(campaign, 'deeper')).toEqual([]);
    expect(findings(campaign, 'fitted')[0]?.parameters).toMatchObject({ hidden: 16, layers: 1 });
  });

  it('adds a layer where larger sizes stop improving the training score, and starts near the best size', () => {
    const campaign = grow(needsLayers(2, 16));
    expect(sizesOf(campaign)).toEqual([
      [4, 1, false],
      [8, 1, false],
      [16, 1, false],
      [32, 1, false],
      [8, 2, false],
      [16, 2, true],
      [11, 2, false],
    ]);
    expect(findings(campaign, 'deeper')).toEqual([
      {
        kind: 'deeper',
        parameter: 'layers',
        value: 2,
        from: 8,
        because:
          'Larger sizes improved train_accuracy by no more than its standard error up to hidden 32, layers 1; ' +
          'growth goes on with hidden 8, layers 2.',
      },
    ]);
    expect(sentences(campaign, 'growth-ended')).toEqual([
      'Growth ended with a fit: hidden 16, layers 2 reached the target, and hidden 11, layers 2 did not.',
    ]);
    expect(sentences(campaign, 'fitted')).toEqual(['hidden 16, layers 2 is the smallest size that fits.']);
  });

  it('tunes dropout at the depth that fits, and names it in the conclusion', () => {
    const campaign = grow(needsLayers(2, 16));
    const raced = campaign.batches.filter(({ stage }) => stage === 'dropout').first();
    const layers = raced?.trials.map((key) => campaign.trials.get(key)?.spec.parameters.layers) ?? [];
    expect(new Set(layers)).toEqual(new Set([2]));
    expect(campaign.conclusion?.because).toMatch(/^hidden 16, layers 2 is the smallest size that fits, /);
  });

  it('looks for a smaller width where the first size of a depth fits at once', () => {
    const campaign = grow(needsLayers(2, 6));
    expect(sizesOf(campaign).slice(4)).toEqual([
      [8, 2, true],
      [4, 2, false],
      [6, 2, true],
    ]);
    expect(sentences(campaign, 'growth-ended')[0]).toBe(
      'Growth ended with a fit: hidden 6, layers 2 reached the target, and hidden 4, layers 2 did not.',
    );
    const even = grow(needsLayers(2, 2));
    expect(sizesOf(even).slice(4)).toEqual([
      [8, 2, true],
      [4, 2, true],
    ]);
    expect(sentences(even, 'growth-ended')[0]).toBe(
      'Growth ended with a fit: hidden 4, layers 2 reached the target; it is the smallest size.',
    );
  });

  it('ends at a plateau where a layer does not improve the training score', () => {
    const campaign = grow(needsLayers(4, 16, 0));
    expect(new Set(sizesOf(campaign).map(([, layers]) => layers))).toEqual(new Set([1, 2]));
    expect(findings(campaign, 'growth-ended').map(({ by, because }) => [by, because])).toEqual([
      [
        'plateau',
        'Growth ended at a plateau: hidden 8, layers 2 improved train_accuracy over hidden 8, layers 1 by no ' +
          'more than its standard error.',
      ],
    ]);
    expect(campaign.conclusion?.kind).toBe('chosen');
  });

  it('goes through all depths while each improves, and ends with the last', () => {
    const campaign = grow(needsLayers(4, 16));
    expect(findings(campaign, 'deeper').map(({ value }) => value)).toEqual([2, 3]);
    expect(sentences(campaign, 'growth-ended')[0]).toMatch(
      /plateau: hidden 16, layers 3 and hidden 32, layers 3/,
    );
    expect(sentences(campaign, 'fitted')[0]).toContain(
      'The best was train_accuracy 0.9 at hidden 8, layers 3',
    );
  });

  it('adds a layer after the last size of a list and after the largest size that is allowed', () => {
    const listed = grow(needsLayers(2, 16), { sizes: [4, 16], open: null });
    expect(sizesOf(listed)).toEqual([
      [4, 1, false],
      [16, 1, false],
      [16, 2, true],
      [4, 2, false],
    ]);
    expect(sentences(listed, 'deeper')[0]).toBe(
      'No larger size than hidden 16, layers 1 is allowed, and it does not fit; ' +
        'growth goes on with hidden 16, layers 2.',
    );
    const capped = grow(needsLayers(2, 16), { until: { cost: null, trials: null, size: 16 } });
    expect(findings(capped, 'fitted')[0]?.parameters).toMatchObject({ hidden: 16, layers: 2 });
  });

  it('counts trials of all depths against the limits', () => {
    const campaign = grow(needsLayers(2, 16), { until: { cost: null, trials: 24, size: null } });
    expect(findings(campaign, 'growth-ended').map(({ by }) => by)).toContain('trials');
    expect(sizesOf(campaign).at(-1)).toEqual([8, 2, false]);
  });

  it('gives views a size for each width and depth', () => {
    const campaign = grow(needsLayers(2, 16), {});
    const facts = campaign.facts;
    if (facts === null) throw new Error('no facts');
    const growth = { ...plan, sizes: [4], depth, open: doubling, until: null };
    const curve = growthOf({ ...campaign, facts: { ...facts, plan: { ...facts.plan, growth } } });
    expect(curve?.depth).toBe('layers');
    const shown = curve?.sizes.map(({ size, depth: layers, state }) => [layers, size, state]);
    expect(shown?.slice(0, 7)).toEqual([
      [1, 4, 'does-not-fit'],
      [1, 8, 'does-not-fit'],
      [1, 16, 'does-not-fit'],
      [1, 32, 'does-not-fit'],
      [2, 8, 'does-not-fit'],
      [2, 11, 'does-not-fit'],
      [2, 16, 'fits'],
    ]);
    expect(shown?.slice(7).every(([layers, , state]) => layers === 2 && state === 'grown-on')).toBe(true);
  });
});

describe('lists of widths', () => {
  it('grow in the order of their sums, those of equal sums in the order of the list', () => {
    const bySum: Landscape = (spec) => {
      const widths = spec.parameters.hidden as readonly number[];
      const hidden = widths.reduce((sum, width) => sum + width, 0);
      return landscape({ fitsFrom: 40 })({ ...spec, parameters: { ...spec.parameters, hidden } });
    };
    const sizes = [[8], [16], [8, 8], [32, 16]];
    const campaign = playOut(fitFirst(fitFirstOptions({ sizes })), bySum);
    expect(findings(campaign, 'size').map(({ size }) => size)).toEqual(sizes);
  });
});
