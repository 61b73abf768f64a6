import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { Finding } from '../../src/campaign/finding.js';
import type { Report } from '../../src/campaign/report.js';
import { Reports } from '../../src/campaign/tables/reports.js';
import type { Settled } from '../../src/campaign/trial.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { judgeSize } from '../../src/methods/fit-first/growth/judge-size.js';
import { uselessDraws, withNextDraws } from '../../src/methods/fit-first/growth/next-draws.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import type { Landscape } from '../support/landscape.js';
import { eventsOfTrial, playOut } from '../support/play-out.js';

/**
 * Networks of at least 16 units need 50 epochs to fit. The loss of the smaller ones is flat from epoch 10 on. `slow`
 * makes learning rates below 0.02 need twice as many.
 */
const world =
  ({ slow = false } = {}): Landscape =>
  ({ epochs, parameters }) =>
    Array.from({ length: epochs }, (_, i) => {
      const epoch = i + 1;
      const needed = slow && Number(parameters.learning_rate) < 0.02 ? 100 : 50;
      const loss =
        Number(parameters.hidden) >= 16 ? Math.max(0, 1 - epoch / needed) : 1 - Math.min(10, epoch) / 40;
      const val = 0.3 + Number(parameters.dropout) / 10 + Math.abs(epoch - 45) / 1000;
      return { epoch, metrics: { train_loss: loss, train_accuracy: 1 - loss, val_loss: val } };
    });

const options = fitFirstOptions({ epochs: { grow: 20, maxGrow: 160, dropout: 20 } });
const grown = (given = options, landscape = world()): Campaign => playOut(fitFirst(given), landscape);

const growing = (campaign: Campaign, hidden: number) =>
  campaign.asked
    .toArray()
    .flatMap((key) => campaign.trials.get(key) ?? [])
    .filter(({ spec }) => spec.until !== null && spec.parameters.hidden === hidden);

function finding<Kind extends Finding['kind']>(campaign: Campaign, kind: Kind) {
  return campaign.findings
    .toArray()
    .find((one): one is Extract<Finding, { kind: Kind }> => one.kind === kind);
}

describe('growth with epochs until it is known', () => {
  const campaign = grown();

  it('lets trials whose loss still falls go on with twice the epochs, until they fit', () => {
    const first = growing(campaign, 16).filter(({ spec }) => spec.repeat === 1);
    expect(first.map(({ spec }) => spec.epochs)).toEqual([20, 20, 40, 40, 80, 80]);
    expect(finding(campaign, 'fitted')?.parameters?.hidden).toBe(16);
  });

  it('does not let trials go on whose loss is flat', () => {
    for (const hidden of [4, 8])
      expect(growing(campaign, hidden).every(({ spec }) => spec.epochs === 20)).toBe(true);
  });

  it('gives a longer trial the repeat and the target of the shorter one, and all of its reports', () => {
    const trials = growing(campaign, 16);
    for (const { spec, reports } of trials.filter(({ spec }) => spec.epochs === 80)) {
      expect(trials.map((one) => one.spec)).toContainEqual({ ...spec, epochs: 20 });
      expect(reports.toArray().map(({ epoch }) => epoch)).toEqual(
        Array.from({ length: 50 }, (_, i) => i + 1),
      );
    }
  });

  it('says why', () => {
    const because = campaign.batches.toArray().map((batch) => batch.because);
    expect(because).toContain(
      'hidden 16: 2 of 2 settings do not fit after 20 epochs, and their loss still falls: 40 epochs.',
    );
    const one = grown(fitFirstOptions({ ...options, others: [{ learning_rate: 0.01 }] }));
    expect(one.batches.toArray().map((batch) => batch.because)).toContain(
      'hidden 16, repeat 2 does not fit after 40 epochs, and its loss still falls: 80 epochs.',
    );
  });

  it('records the epochs of the size', () => {
    const sizes = campaign.findings.toArray().filter((one) => one.kind === 'size');
    expect(sizes.map(({ size, epochs }) => [size, epochs])).toEqual([
      [4, undefined],
      [8, undefined],
      [16, 80],
    ]);
  });

  it('trains later stages for at least as many epochs as the fitted size needed', () => {
    const later = campaign.asked
      .toArray()
      .flatMap((key) => campaign.trials.get(key) ?? [])
      .filter(({ spec }) => spec.until === null && spec.finish === null);
    const stages = new Map(later.map(({ stage, spec }) => [stage, spec.epochs]));
    expect(stages.get('grow')).toBe(80);
    expect(stages.get('dropout')).toBe(80);
  });

  it('ends at the bound, where the size does not fit', () => {
    const bounded = fitFirstOptions({ epochs: { grow: 20, maxGrow: 45, dropout: 20 } });
    const trials = growing(grown(bounded), 64);
    expect(Math.max(...trials.map(({ spec }) => spec.epochs))).toBe(45);
    const size = finding(grown(bounded), 'size');
    expect(size?.because).not.toContain('after up to');
    const largest = grown(bounded).findings.findLast((one) => one.kind === 'size');
    expect(largest?.because).toContain(
      'does not fit: 0 of 2 repeats reached the target after up to 45 epochs',
    );
  });

  it('does not let the others go on once a setting has fitted on every repeat so far', () => {
    const slow = growing(grown(options, world({ slow: true })), 16);
    const longest = (rate: number): number =>
      Math.max(
        ...slow.filter((one) => one.spec.parameters.learning_rate === rate).map((one) => one.spec.epochs),
      );
    expect(longest(0.02)).toBe(80);
    expect(longest(0.01)).toBe(80);
    expect(slow.some(({ spec }) => spec.epochs === 160)).toBe(false);
  });

  it('plans nothing else without a bound above the first epochs', () => {
    const without = fitFirstOptions();
    const plain = grown(without).asked.toArray();
    expect(
      grown(fitFirstOptions({ epochs: { grow: 20, maxGrow: 20, dropout: 20 } })).asked.toArray(),
    ).toEqual(plain);
  });
});

describe('draws of the other parameters', () => {
  const rates = [0.001, 0.002, 0.02, 100, 0.03, 0.04, 0.05];
  const drawing = fitFirstOptions({
    epochs: { grow: 20, maxGrow: 160, dropout: 20 },
    others: rates.slice(0, 4).map((rate) => ({ learning_rate: rate })),
    draws: {
      next: 4,
      at: (index) => ({ learning_rate: rates[index] ?? 0.06 }),
      retuned: ({ learning_rate = 0 }) => ({ learning_rate }),
    },
  });

  /** One repeat of every draw at a size where the first two are still falling and the last one diverges. */
  const result = () => {
    const until = { metric: 'train_accuracy', goal: 'maximize', bound: 1 } as const;
    const candidates = drawing.others.map(({ learning_rate = 0 }, index) => {
      const parameters = { hidden: 4, dropout: 0, learning_rate };
      const spec = { parameters, repeat: 1, epochs: 160, until, finish: null };
      const crawls: Landscape = ({ epochs }) =>
        Array.from({ length: epochs }, (_, i) => ({
          epoch: i + 1,
          metrics: { train_loss: 10 - (0.06 - index / 100) * i, train_accuracy: (i / epochs) * 0.5 },
        }));
      const flat: Landscape = ({ epochs }) => [
        { epoch: epochs, metrics: { train_loss: 0.5, train_accuracy: 0.8 } },
      ];
      const events = eventsOfTrial('x', spec, index < 2 ? crawls : flat);
      const reports = events.flatMap((event) => (event.type === 'trial-reported' ? [event.report] : []));
      const state = index === 3 ? { state: 'diverged', epoch: 1 } : { state: 'finished', reason: 'complete' };
      return { parameters, index, trials: [trialOf(spec, reports, state)] };
    });
    return judgeSize(4, candidates, drawing);
  };

  it('are replaced by the next draws where they diverge or are still falling at the most epochs', () => {
    const size = result();
    expect(uselessDraws(size, drawing).map(({ index }) => index)).toEqual([0, 1, 3]);
    const next = withNextDraws(size, drawing);
    expect(next.others.map(({ learning_rate }) => learning_rate)).toEqual([0.02, 0.03, 0.04, 0.05]);
    expect(next.draws?.next).toBe(7);
  });

  it('stay as they are where they are not replaced', () => {
    const { draws: _, ...fixed } = drawing;
    expect(withNextDraws(result(), fixed)).toBe(fixed);
  });
});

function trialOf(spec: Settled['spec'], reports: readonly object[], state: object): Settled {
  const facts = { key: 'k', spec, stage: 'grow', number: 1, attempts: 1 };
  return Object.assign(
    {},
    facts,
    { reports: Reports.of(reports as Report[]) },
    { evaluation: null },
    state,
  ) as Settled;
}

describe('a limit on the cost of growth', () => {
  /** The cost of a trial is its hidden units times its epochs, with one training row. */
  const limited = (limit: number) =>
    grown(
      fitFirstOptions({
        epochs: { grow: 20, maxGrow: 160, dropout: 20 },
        open: null,
        trainingRows: 1,
        fitsMemory: () => true,
        until: { cost: { unit: 'multiply-adds', limit }, trials: null, size: null },
      }),
    );
  const longest = (campaign: Campaign): number =>
    Math.max(...growing(campaign, 16).map(({ spec }) => spec.epochs));

  it('lets trials go on only as far as it allows', () => {
    // Two settings on three repeats at 16 units take 16 * 6 * epochs, and the sizes before it have spent 960.
    expect(longest(limited(960 + 16 * 6 * 20))).toBe(20);
    expect(longest(limited(960 + 16 * 6 * 40))).toBe(40);
    expect(longest(limited(960 + 16 * 6 * 160))).toBe(80);
  });
});
