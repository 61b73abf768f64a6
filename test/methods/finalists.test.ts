import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { Finding } from '../../src/campaign/finding.js';
import type { Parameters } from '../../src/campaign/parameters.js';
import { pairedDifference } from '../../src/campaign/statistics.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import { lastReport } from '../../src/campaign/trial-score.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import type { FitFirstOptions } from '../../src/methods/fit-first/options.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import type { Landscape } from '../support/landscape.js';
import { playOut } from '../support/play-out.js';

/** A world of one epoch in which a setting has a true score, and each trial a score around it. */
function noisy(truth: (parameters: Parameters) => number, noise: (spec: TrialSpec) => number): Landscape {
  return (spec) => [
    { epoch: 1, metrics: { train_accuracy: 1, val_loss: truth(spec.parameters) + noise(spec) } },
  ];
}

const normal = (...key: readonly (string | number)[]): number => keyedStream(...key).normal();

function optionsOf(changes: Partial<FitFirstOptions> = {}): FitFirstOptions {
  const options = fitFirstOptions();
  return fitFirstOptions({
    sizes: [4],
    others: [{ learning_rate: 0.01 }],
    retune: [{ learning_rate: 0.01 }],
    epochs: { grow: 1, dropout: 1 },
    growOn: null,
    confirm: 5,
    choose: 'best',
    comparison: { ...options.comparison, overlap: 0 },
    ...changes,
  });
}

const dropoutOf = ({ parameters }: Pick<TrialSpec, 'parameters'>): number => Number(parameters.dropout);

function trialsIn(campaign: Campaign, stage: string) {
  return [...campaign.trials.values()]
    .filter((trial) => trial.stage === stage && trial.number !== null)
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
}

function last<Kind extends Finding['kind']>(campaign: Campaign, kind: Kind) {
  return campaign.findings
    .toArray()
    .filter((finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind)
    .at(-1);
}

/** Dropout 0.2 wins the search by luck on its repeats; on all others no dropout is better. */
const lucky = noisy(
  ({ dropout }) => 0.5 + 0.1 * Number(dropout),
  (spec) => (dropoutOf(spec) === 0.2 && spec.repeat > 0 && spec.repeat <= 4 ? -0.2 : 0) + spec.repeat / 1e3,
);

describe('the choice among finalists', () => {
  it('leaves a winner whose luck does not last, and says so', () => {
    const campaign = playOut(fitFirst(optionsOf()), lucky);
    expect(campaign.batches.map(({ stage }) => stage).toArray()).toContain('finalists');
    expect(last(campaign, 'chosen')?.parameters.dropout).toBe(0);
    expect(last(campaign, 'chosen')?.because).toMatch(
      new RegExp(
        /^hidden 4, dropout 0, .* is chosen: the best of 2 finalists on 5 fresh repeats, with mean/.source +
          / val_loss .* dropout 0\.2, .* looked best in the search and has .* there\.$/.source,
      ),
    );
    const chosen = campaign.trials.get(campaign.conclusion?.chosen as never);
    expect(chosen?.spec.parameters.dropout).toBe(0);
    expect(campaign.conclusion?.because).toContain('dropout 0 is the best there');
    expect(last(campaign, 'gain')).toBeUndefined();
  });

  it('keeps the winner of the search where the config says so', () => {
    const campaign = playOut(fitFirst(optionsOf({ choose: 'search' })), lucky);
    expect(last(campaign, 'chosen')?.parameters.dropout).toBe(0.2);
    expect(last(campaign, 'gain')?.mean).toBeLessThan(0);
    expect(trialsIn(campaign, 'finalists')).toEqual([]);
  });

  it('runs all finalists on the same fresh repeats and measures the gain on others', () => {
    const helps = noisy(
      ({ dropout }) => 0.5 - 0.1 * Number(dropout),
      (spec) => spec.repeat / 1e3,
    );
    const campaign = playOut(fitFirst(optionsOf()), helps);
    const finalists = trialsIn(campaign, 'finalists');
    expect(new Set(finalists.map(({ spec }) => dropoutOf(spec)))).toEqual(new Set([0, 0.5]));
    expect(new Set(finalists.map(({ spec }) => spec.repeat))).toEqual(new Set([5, 6, 7, 8, 9]));
    const confirming = trialsIn(campaign, 'confirm').map(({ spec }) => spec.repeat);
    expect(new Set(confirming)).toEqual(new Set([10, 11, 12, 13, 14]));
    expect(last(campaign, 'gain')?.mean).toBeCloseTo(0.05, 10);
  });

  it('hands over the best without dropout if the repeats that measure the gain show none', () => {
    const fading = noisy(
      () => 0.5,
      (spec) => (dropoutOf(spec) === 0.5 ? (spec.repeat < 10 ? -0.1 : 0.1) : 0),
    );
    const campaign = playOut(fitFirst(optionsOf()), fading);
    expect(last(campaign, 'gain')?.mean).toBeCloseTo(-0.1, 10);
    expect(last(campaign, 'chosen')?.parameters.dropout).toBe(0);
    expect(last(campaign, 'chosen')?.because).toMatch(/is chosen instead/);
    expect(last(campaign, 'baseline')?.parameters).toEqual(last(campaign, 'chosen')?.parameters);
  });

  it('names the ties of what it hands over, not of the finalist that lost', () => {
    const fading = noisy(
      () => 0.5,
      (spec) =>
        (dropoutOf(spec) === 0.5 ? (spec.repeat < 10 ? -0.001 : 0.1) : 0) +
        0.01 * normal('tie', dropoutOf(spec), spec.repeat),
    );
    const campaign = playOut(fitFirst(optionsOf()), fading);
    const { parameters } = last(campaign, 'chosen') ?? {};
    expect(last(campaign, 'chosen')?.because).toMatch(/is chosen instead/);
    expect(last(campaign, 'ties')?.settings).not.toContainEqual(parameters);
    expect(last(campaign, 'ties')?.settings).not.toHaveLength(0);
  });

  it('takes the simplest of those without a clear difference, if asked to', () => {
    const options = { sizes: [4, 8], growOn: { patience: 2 } };
    const world: Landscape = (spec) => [
      {
        epoch: 1,
        metrics: {
          train_accuracy: 1,
          val_loss:
            0.5 -
            Number(spec.parameters.hidden) / 1e3 -
            dropoutOf(spec) / 10 +
            (Number(spec.parameters.hidden) === 8 && spec.repeat > 4 ? (spec.repeat % 2 ? 0.01 : -0.01) : 0),
        },
      },
    ];
    const best = playOut(fitFirst(optionsOf(options)), world);
    const simplest = playOut(fitFirst(optionsOf({ ...options, choose: 'simplest' })), world);
    expect(last(best, 'chosen')?.parameters.hidden).toBe(8);
    expect(last(simplest, 'chosen')?.parameters.hidden).toBe(4);
    expect(last(simplest, 'chosen')?.because).toContain('the simplest of the');
  });

  it('rests the baseline on as many repeats of the race as the winner', () => {
    const helps = noisy(
      ({ dropout }) => 0.5 - 0.1 * Number(dropout),
      (spec) => spec.repeat / 1e3,
    );
    const repeatsOf = (choose: FitFirstOptions['choose']) => {
      const dropout = trialsIn(playOut(fitFirst(optionsOf({ choose })), helps), 'dropout');
      return dropout.filter((trial) => dropoutOf(trial.spec) === 0).length;
    };
    expect(repeatsOf('search')).toBe(1);
    expect(repeatsOf('best')).toBe(4);
  });
});

/** Simulated campaigns, each with its own true scores and noise. */
const CAMPAIGNS = 600;

describe('the interval of the gain, over simulated campaigns whose truth is known', () => {
  it.each([
    ['all settings are equally good', 0],
    ['settings differ by half of the noise', 0.5],
  ])(
    'holds the true gain in 95 %% of them where %s',
    (_, spread) => {
      const counts = { given: 0, held: 0, naive: 0 };
      for (let seed = 0; seed < CAMPAIGNS; seed++) {
        const truth = ({ dropout }: Parameters) => 5 + spread * normal('truth', seed, String(dropout));
        const world = noisy(truth, (spec) => normal('noise', seed, dropoutOf(spec), spec.repeat));
        const campaign = playOut(fitFirst(optionsOf()), world);
        const gain = last(campaign, 'gain');
        if (gain === undefined) continue;
        const pair = trialsIn(campaign, 'confirm').map(({ spec }) => spec.parameters);
        const [candidate, baseline] = [pair[0] ?? {}, pair.at(-1) ?? {}];
        const trueGain = truth(baseline) - truth(candidate);
        counts.given += 1;
        counts.held += Number((gain.low ?? 0) <= trueGain && trueGain <= (gain.high ?? 0));
        // What the interval would be if it came from the repeats that picked the finalist.
        const valuesOf = (dropout: number): number[] =>
          trialsIn(campaign, 'finalists')
            .filter(({ spec }) => dropoutOf(spec) === dropout)
            .map((trial) => lastReport(trial)?.metrics.val_loss ?? Number.NaN);
        const mine = valuesOf(Number(candidate.dropout));
        const theirs = valuesOf(Number(baseline.dropout));
        const naive = pairedDifference(
          mine.map((value, i) => (theirs[i] ?? Number.NaN) - value),
          0,
        );
        counts.naive += Number((naive.low ?? 0) <= trueGain && trueGain <= (naive.high ?? 0));
      }
      const coverage = counts.held / counts.given;
      console.log(
        `spread ${spread}: coverage ${coverage.toFixed(3)} of ${counts.given} intervals; ` +
          `${(counts.naive / counts.given).toFixed(3)} if the repeats that picked also measured`,
      );
      // Three standard deviations of a share of 0.95 over this number of intervals.
      const tolerance = 3 * Math.sqrt((0.95 * 0.05) / counts.given);
      expect(counts.given).toBeGreaterThan(CAMPAIGNS / 2);
      expect(Math.abs(coverage - 0.95)).toBeLessThan(tolerance);
    },
    120_000,
  );
});

describe('a setting that looks better than the winner of the race', () => {
  /** Repeat 1 is easy. Dropout 0.2 leaves after it, with a better mean than any that go on. */
  const easyFirst = noisy(
    ({ dropout }) => 0.5 - 0.1 * Number(dropout),
    (spec) => (spec.repeat === 1 ? -0.2 : 0),
  );

  it('has run on easier repeats, and the choice says so', () => {
    const campaign = playOut(fitFirst(optionsOf()), easyFirst);
    const [searched] = campaign.findings.toArray().filter(({ kind }) => kind === 'chosen');
    expect(searched?.because).toMatch(
      /^hidden 4, dropout 0\.5, .* is the best of the search: mean val_loss 0\.4 /,
    );
    expect(searched?.because).toMatch(
      /dropout 0\.2, .* looks better with 0\.28 over 1 repeat; adjusted for the repeats it has 0\.43\.$/,
    );
  });
});
