import { expect, it } from 'vitest';
import { Reports } from '../../../src/campaign/tables/reports.js';
import type { Trial, TrialKey } from '../../../src/campaign/trial.js';
import { MAX_CURVE_POINTS, meanCurve } from '../../../src/views/report/mean-curve.js';
import { specOf } from '../campaigns.js';

function trialWith(epochs: readonly number[], shift = 0): Trial {
  const reports = epochs.map((epoch) => ({ epoch, metrics: { val_loss: epoch + shift } }));
  return {
    key: 'key' as TrialKey,
    spec: specOf({ hidden: 4 }),
    stage: 'search',
    number: 1,
    attempts: 1,
    reports: Reports.of(reports),
    state: 'running',
  };
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i + 1);
const options = { validation: 'val_loss', training: null, counts: 2 };

it('has every epoch of a short trial, each the mean over the trials that have it', () => {
  expect(meanCurve([trialWith([1, 2, 3], 0), trialWith([2, 4], 2)], options)).toEqual([
    { epoch: 1, validation: 1, training: null },
    { epoch: 2, validation: 3, training: null },
    { epoch: 3, validation: 3, training: null },
    { epoch: 4, validation: 6, training: null },
  ]);
});

it('has a part of the epochs of a long one, the last and the one that counts among them', () => {
  const curve = meanCurve([trialWith(range(100_001))], { ...options, counts: 777 });
  expect(curve.length).toBeLessThanOrEqual(MAX_CURVE_POINTS);
  expect(curve.length).toBeGreaterThan(MAX_CURVE_POINTS / 2);
  expect(curve.at(-1)?.epoch).toBe(100_001);
  expect(curve).toContainEqual({ epoch: 777, validation: 777, training: null });
});

it('is empty where no epoch has the metric', () => {
  expect(
    meanCurve([trialWith([1, 2])], { ...options, validation: 'val_accuracy', counts: Number.NaN }),
  ).toEqual([]);
});
