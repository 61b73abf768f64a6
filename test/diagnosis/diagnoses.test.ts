import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { DataFacts } from '../../src/campaign/event.js';
import type { NetworkHealth } from '../../src/campaign/outcome.js';
import { diagnosesOf, formatDiagnosis } from '../../src/diagnosis/diagnoses.js';
import type { DiagnosisCode } from '../../src/diagnosis/diagnosis.js';
import { diagnosisSection } from '../../src/views/report/sections/diagnosis-section.js';
import { finalSummary } from '../../src/views/summary/final-summary.js';
import { diagnosisRows } from '../../src/views/tables/diagnosis-table.js';
import { fitFirstPlan } from '../support/plans.js';
import { baseline, campaignWith, chosen, fitted, repeats, ties, useless } from './campaign-with.js';

const codesOf = (campaign: Campaign): string[] => diagnosesOf(campaign).map(({ code }) => code);

const data: DataFacts = {
  task: 'classification',
  hash: '0',
  rows: 100,
  dropped: [],
  inputs: 4,
  classes: ['a', 'b'],
  parts: { training: 60, validation: 20, test: 20 },
  fitCeiling: 1,
  contradictingRows: 0,
};

/** Losses of ten epochs that end flat, or fall to the end. */
const curve = (falls: boolean, train_accuracy = 0.8) =>
  Array.from({ length: 10 }, (_, i) => ({
    train_loss: falls ? 1 - 0.09 * i : Math.max(0.5, 1 - 0.2 * i),
    train_accuracy,
    val_loss: 1,
  }));

/** A growth of which nothing fits. */
const growth = (falls: boolean, accuracy = 0.8, diverges = false) =>
  repeats('grow', { hidden: 16, dropout: 0 }, 1, { until: true, reports: curve(falls, accuracy), diverges });

const layer = { units: 10, dead: 0, saturated: 0, effectiveRank: 5, alikePairs: 0 };
const sound: NetworkHealth = { layers: [layer], inputs: { largest: 1.2, smallest: 0.8 }, firstLoss: 0.75 };

/** A campaign whose only network has this health. */
function withNetwork(health: Partial<NetworkHealth>): Campaign {
  const parameters = { hidden: 10, dropout: 0 };
  return campaignWith(
    [{ stage: 'finish', parameters, repeat: 0, health: { ...sound, ...health } }],
    [chosen(parameters), baseline(parameters)],
    { data },
  );
}

const off = { hidden: 8, dropout: 0, learning_rate: 0.01 };
const on = { hidden: 8, dropout: 0.5, learning_rate: 0.01 };

/** A race in which dropout does not help, unless it is said to. */
function race(
  without: Record<string, number>,
  withDropout: Record<string, number>,
  { isUseless = true, more = repeats('dropout', on, 1, { metrics: withDropout }) } = {},
): Campaign {
  return campaignWith(
    [...repeats('dropout', off, 0.9, { metrics: without }), ...more],
    [chosen(off), baseline(off), fitted({ hidden: 8 }), ...(isUseless ? [useless] : [])],
  );
}

const learning = (from: number, to: number) =>
  [1, 2, 3].map((repeat) => ({
    stage: 'dropout',
    parameters: on,
    repeat,
    reports: Array.from({ length: 20 }, (_, i) => ({ val_loss: from + ((to - from) * i) / 19 })),
  }));

const rates = { kind: 'values', values: [0, 0.2, 0.5, 0.8], probabilities: null } as const;
const edge = (rate: number, neighbour: number, worseBy: number): Campaign =>
  campaignWith(
    [
      ...repeats('dropout', { hidden: 8, dropout: rate }, 0.5),
      ...repeats('dropout', { hidden: 8, dropout: neighbour }, 0.5 + worseBy),
    ],
    [chosen({ hidden: 8, dropout: rate })],
    { space: { dropout: rates } },
  );

const input = (rate: number): Campaign =>
  campaignWith([], [chosen({ hidden: 8, dropout: 0, input_dropout: rate })]);

const searched = (fresh: number): Campaign =>
  campaignWith(
    [
      ...repeats('dropout', on, 0.5),
      ...repeats('dropout', off, 0.6),
      ...repeats('confirm', on, fresh).map((trial, i) => ({ ...trial, repeat: 10 + i })),
    ],
    [chosen(on), baseline(off)],
  );

/** Validation losses without dropout at 4, which does not fit, at 8, which just fits, and at 16. */
const descent = (small: number, fits: number, large: number): Campaign =>
  campaignWith(
    [
      ...repeats('grow', { hidden: 4, dropout: 0 }, small, { until: true }),
      ...repeats('grow', { hidden: 8, dropout: 0 }, fits),
      ...repeats('grow', { hidden: 16, dropout: 0 }, large),
    ],
    [fitted({ hidden: 8, dropout: 0 })],
  );

const alike = (isSame: boolean, chosenLayer = { ...layer, effectiveRank: 7 }): Campaign =>
  campaignWith(
    [
      {
        stage: 'finish',
        parameters: on,
        repeat: 0,
        health: { ...sound, layers: [chosenLayer] },
      },
      {
        stage: 'finish',
        parameters: off,
        repeat: 0,
        health: { ...sound, layers: [{ ...layer, alikePairs: 0.1 }] },
      },
    ],
    [chosen(isSame ? off : on), baseline(off)],
  );

/** For each diagnosis a campaign that provokes it, and one that is much alike and must not. */
const cases: readonly (readonly [DiagnosisCode, Campaign, Campaign])[] = [
  [
    'loss-still-falling',
    campaignWith(growth(true), [fitted(null)]),
    campaignWith(growth(false), [fitted(null)]),
  ],
  [
    'loss-flat',
    campaignWith(growth(false), [fitted(null)]),
    campaignWith(growth(false), [fitted({ hidden: 16 })]),
  ],
  [
    'most-trials-diverge',
    campaignWith(growth(true, 0.8, true), [fitted(null)]),
    campaignWith(growth(true), [fitted(null)]),
  ],
  [
    'target-above-ceiling',
    campaignWith(growth(false, 0.95), [fitted(null)], {
      data: { ...data, fitCeiling: 0.95, contradictingRows: 10 },
    }),
    campaignWith(growth(false, 0.8), [fitted(null)], {
      data: { ...data, fitCeiling: 0.95, contradictingRows: 10 },
    }),
  ],
  [
    'units-dead',
    withNetwork({ layers: [{ ...layer, dead: 4 }] }),
    withNetwork({ layers: [{ ...layer, dead: 1 }] }),
  ],
  [
    'units-saturated',
    withNetwork({ layers: [{ ...layer, saturated: 4 }] }),
    withNetwork({ layers: [{ ...layer, saturated: 1 }] }),
  ],
  [
    'inputs-unscaled',
    withNetwork({ inputs: { largest: 3000, smallest: 0.5 } }),
    withNetwork({ inputs: { largest: 1.5, smallest: 0.4 } }),
  ],
  ['first-loss-off', withNetwork({ firstLoss: 4 }), withNetwork({ firstLoss: 0.9 })],
  [
    'dropout-has-no-room',
    race({ val_accuracy: 0.995 }, { val_accuracy: 0.99 }),
    race({ val_accuracy: 0.9 }, { val_accuracy: 0.9 }),
  ],
  [
    'dropout-leaves-too-few-units',
    race({ train_accuracy: 1 }, { train_accuracy: 0.9 }),
    race({ train_accuracy: 1 }, { train_accuracy: 1 }),
  ],
  [
    'dropout-keeps-learning-rate',
    race({ train_loss: 0.1 }, { train_loss: 0.4 }),
    race(
      { train_loss: 0.1 },
      {},
      {
        more: [
          ...repeats('dropout', on, 1, { metrics: { train_loss: 0.4 } }),
          ...repeats('dropout', { ...on, learning_rate: 0.1 }, 1.1, { metrics: { train_loss: 0.4 } }),
        ],
      },
    ),
  ],
  ['dropout-still-learns', race({}, {}, { more: learning(2, 1) }), race({}, {}, { more: learning(1, 2) })],
  ['value-at-edge', edge(0.8, 0.5, 0.1), edge(0.5, 0.2, 0.1)],
  ['input-dropout-chosen', input(0.4), input(0.2)],
  [
    'smaller-not-worse',
    campaignWith([], [chosen({ hidden: 16, dropout: 0 }), ties({ hidden: 8, dropout: 0.2 })]),
    campaignWith([], [chosen({ hidden: 8, dropout: 0.2 }), ties({ hidden: 16, dropout: 0 })]),
  ],
  ['best-of-many', searched(0.8), searched(0.5)],
  ['size-just-fits', descent(0.5, 0.9, 0.6), descent(0.9, 0.7, 0.6)],
  ['units-alike', alike(false), alike(true)],
];

describe.each(cases)('the diagnosis %s', (code, provoking, similar) => {
  it('is made where the trials show it, with numbers and a sentence', () => {
    const found = diagnosesOf(provoking).find((one) => one.code === code);
    expect(found).toBeDefined();
    expect(Object.keys(found?.numbers ?? {}).length).toBeGreaterThan(0);
    expect(found?.because).toMatch(/^[A-Z0-9].*\.$/);
    if (found !== undefined) expect(formatDiagnosis(found)).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  it('is not made of a similar campaign that does not show it', () => {
    expect(codesOf(similar)).not.toContain(code);
  });
});

describe('diagnoses', () => {
  it('need evidence: a value at the edge whose neighbour is as good is none, nor is one that is off', () => {
    expect(codesOf(edge(0.8, 0.5, 0))).toEqual([]);
    expect(codesOf(edge(0, 0.2, 0.1))).toEqual([]);
  });

  it('do not call a loss flat of which growth says that it is still falling in one trial', () => {
    const mixed = [...growth(true).slice(0, 1), ...growth(false).slice(1)];
    expect(codesOf(campaignWith(mixed, [fitted(null)]))).toEqual(['loss-still-falling']);
  });

  it('name what limits the epochs of trials that go on by themselves', () => {
    const advice = (maxEpochs: number) => {
      const plan = fitFirstPlan([4, 8, 16]);
      const goesOn = { ...plan, growth: plan.growth && { ...plan.growth, maxEpochs } };
      return diagnosesOf(campaignWith(growth(true), [fitted(null)], { plan: goesOn }))[0]?.suggestion;
    };
    expect(advice(10)).toContain('Raise fit_first.epochs.most');
    expect(advice(80)).toContain('Raise fit_first.grow_until.cost');
  });

  it('of dropout need a campaign in which dropout does not help', () => {
    expect(
      codesOf(race({ val_accuracy: 0.995, train_loss: 0.1 }, { train_loss: 0.4 }, { isUseless: false })),
    ).toEqual([]);
  });

  it('of dropout are one if dropout has no room: nobody tunes what cannot help', () => {
    const withRates = { val_accuracy: 0.995, train_loss: 0.1 };
    expect(codesOf(race(withRates, { train_loss: 0.4 }))).toEqual(['dropout-has-no-room']);
  });

  it.each([
    ['less alike with dropout', { ...layer, effectiveRank: 7 }],
    ['more alike with dropout', { ...layer, effectiveRank: 3, alikePairs: 0.2 }],
    ['no clear difference', { ...layer, effectiveRank: 5.2 }],
    ['differ in width', { ...layer, units: 20, effectiveRank: 14 }],
  ])('of units that are alike say "%s"', (verdict, chosenLayer) => {
    const found = diagnosesOf(alike(false, chosenLayer)).find(({ code }) => code === 'units-alike');
    expect(found?.because).toContain(verdict);
  });

  it('are in the summary, in the report and in a table', () => {
    const campaign = input(0.4);
    const summary = finalSummary(campaign, { width: 80, folder: 'results', seconds: 1 });
    expect(summary).toContain('Diagnosis');
    expect(summary.replace(/\s+/g, ' ')).toContain('The chosen input_dropout 0.4 is above 0.25');
    expect(diagnosisSection(campaign)?.text).toContain('The chosen input_dropout 0.4 is above 0.25');
    expect([...diagnosisRows(campaign)][1]?.[0]).toBe('input-dropout-chosen');
    expect(diagnosisSection(input(0.2))).toBeNull();
    expect([...diagnosisRows(input(0.2))]).toHaveLength(1);
  });
});
