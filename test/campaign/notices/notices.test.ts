import { describe, expect, it } from 'vitest';
import type { CampaignFacts } from '../../../src/campaign/event.js';
import { noticesOf, unsaidNotices } from '../../../src/campaign/notices/notices.js';
import type { Parameters } from '../../../src/campaign/parameters.js';
import { Reports } from '../../../src/campaign/tables/reports.js';
import { type Settled, trialKey } from '../../../src/campaign/trial.js';

const facts: CampaignFacts = {
  name: 'test',
  method: 'grid',
  plan: { stages: [], growth: null, regularisers: [], options: {} },
  seed: 1,
  trainer: 'external',
  metric: { name: 'val_loss', goal: 'minimize' },
  checkpoint: 'best',
  parameters: ['lr', 'dropout', 'epochs'],
  space: {
    lr: { kind: 'values', values: [1, 2, 3, 4, 5], probabilities: null },
    dropout: { kind: 'values', values: [0, 0.5], probabilities: null },
    epochs: { kind: 'fixed', value: 2 },
  },
  identity: 'test',
  config: {},
  data: null,
  findings: [],
};

/** A finished trial whose validation loss is given epoch by epoch. */
function trial(
  parameters: Parameters,
  repeat: number,
  values: readonly number[],
  notes?: readonly string[],
): Settled {
  const spec = { parameters: { epochs: 2, ...parameters }, repeat, epochs: 2, until: null, finish: null };
  return {
    key: trialKey('test', spec),
    spec,
    stage: 'search',
    number: 1,
    attempts: 1,
    reports: Reports.of(values.map((value, i) => ({ epoch: i + 1, metrics: { val_loss: value } }))),
    state: 'finished',
    reason: 'complete',
    evaluation: null,
    ...(notes && { notes }),
  };
}

const codes = (trials: readonly Settled[]): unknown[] =>
  noticesOf(trials, facts).map((notice) => (notice.kind === 'warning' ? notice.code : notice.kind));

describe('what trials show about a program', () => {
  it('is on the first pair of repeats that they are the same to the last digit', () => {
    expect(codes([trial({ lr: 1 }, 1, [0.5, 0.4]), trial({ lr: 1 }, 2, [0.5, 0.4])])).toEqual([
      'repeats-identical',
    ]);
    expect(codes([trial({ lr: 1 }, 1, [0.5, 0.4]), trial({ lr: 1 }, 2, [0.5, 0.400001])])).toEqual([]);
  });

  it('is that a parameter changes nothing', () => {
    const same = [0, 0.5].map((dropout) => trial({ lr: 1, dropout }, 1, [0.5, 0.4]));
    expect(noticesOf(same, facts)).toMatchObject([
      {
        code: 'parameters-ignored',
        because: expect.stringMatching(/^The program seems to ignore "dropout": /),
      },
    ]);
    expect(
      codes([...same, ...[0, 0.5].map((dropout) => trial({ lr: 2, dropout }, 1, [0.5, dropout]))]),
    ).toEqual([]);
  });

  it('is that the metric is the same for all settings, and then nothing of parameters', () => {
    const settings = [1, 2, 3, 4].map((lr) => trial({ lr }, 1, [0.9, 0.5]));
    expect(codes(settings)).toEqual(['metric-unchanging']);
    expect(codes([...settings, trial({ lr: 5 }, 1, [0.9, 0.6])])).toEqual([]);
  });

  it('is that epochs are missing, and what was noted while reports were read, once', () => {
    const trials = [1, 2].map((lr) => trial({ lr }, 1, [lr], ['Nothing was read from log.csv.']));
    expect(noticesOf(trials, facts).map(({ because }) => because)).toEqual([
      expect.stringMatching(/^A trial was asked for 2 epochs and reported 1\./),
      'Nothing was read from log.csv.',
    ]);
  });

  it('is nothing where the built-in network is trained', () => {
    const pair = [1, 2].map((repeat) => trial({ lr: 1 }, repeat, [0.5, 0.4]));
    expect(noticesOf(pair, { ...facts, trainer: 'built-in' })).toEqual([]);
  });

  it('is said once, also where it counts more trials later', () => {
    const [early] = noticesOf(
      [1, 2, 3, 4].map((lr) => trial({ lr }, 1, [0.9, 0.5])),
      facts,
    );
    const late = noticesOf(
      [1, 2, 3, 4, 5].map((lr) => trial({ lr }, 1, [0.9, 0.5])),
      facts,
    );
    expect(unsaidNotices(late, early === undefined ? [] : [early])).toEqual([]);
  });
});
