import { describe, expect, it } from 'vitest';
import { type PredictionMetric, predictionMetric } from '../../src/evaluation/prediction-metrics.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

interface Rows {
  readonly outputs: readonly number[];
  readonly targets: readonly number[];
  readonly deviation?: number;
}

function scoreOf(
  name: PredictionMetric,
  { outputs, targets, deviation = 1 }: Rows,
  counts?: number[],
): number {
  const score = predictionMetric(name, {
    outputs: Float64Array.from(outputs),
    width: outputs.length / targets.length,
    targets: Float64Array.from(targets),
    deviation,
  });
  return score(Uint32Array.from(counts ?? targets.map(() => 1)));
}

// The example of scikit-learn's documentation of roc_auc_score, and a confusion that can be counted by hand.
const four: Rows = { targets: [0, 0, 1, 1], outputs: [0.1, 0.4, 0.35, 0.8] };
const three: Rows = {
  targets: [0, 0, 0, 0, 1, 1, 2],
  outputs: [
    [0.8, 0.1, 0.1],
    [0.6, 0.3, 0.1],
    [0.5, 0.2, 0.3],
    [0.2, 0.7, 0.1],
    [0.3, 0.6, 0.1],
    [0.1, 0.2, 0.7],
    [0.2, 0.5, 0.3],
  ].flat(),
};

describe('scores of answers', () => {
  it('balanced accuracy is the mean share that is right over classes', () => {
    expect(scoreOf('balanced_accuracy', three)).toBeCloseTo((3 / 4 + 1 / 2 + 0) / 3, 12);
    expect(scoreOf('balanced_accuracy', four)).toBeCloseTo((1 + 1 / 2) / 2, 12);
  });

  it('F1 is the mean of the harmonic means of precision and recall over classes', () => {
    // Class 0: precision 1, recall 3/4; class 1: precision 1/3, recall 1/2; class 2: none right.
    expect(scoreOf('f1', three)).toBeCloseTo((6 / 7 + 2 / 5 + 0) / 3, 12);
  });

  it('the area under the curve is the share of pairs in order, ties counting half', () => {
    expect(scoreOf('roc_auc', four)).toBe(0.75);
    expect(scoreOf('roc_auc', { ...four, outputs: [0.1, 0.35, 0.35, 0.8] })).toBe(0.875);
    expect(scoreOf('roc_auc', { ...four, outputs: [0.5, 0.5, 0.5, 0.5] })).toBe(0.5);
    // With both probabilities, as softmax gives them.
    expect(scoreOf('roc_auc', { ...four, outputs: four.outputs.flatMap((p) => [1 - p, p]) })).toBe(0.75);
  });

  it('the area of many classes is the mean of each against the others', () => {
    const pairs = (own: number): number => {
      const scores = three.targets.map((target, row) => ({
        target,
        score: three.outputs[row * 3 + own] ?? 0,
      }));
      const better = scores.filter(({ target }) => target === own);
      const worse = scores.filter(({ target }) => target !== own);
      const won = better.map(({ score }) =>
        worse.map((other) => (score > other.score ? 1 : score === other.score ? 0.5 : 0) as number),
      );
      return won.flat().reduce((sum, one) => sum + one, 0) / (better.length * worse.length);
    };
    expect(scoreOf('roc_auc', three)).toBeCloseTo((pairs(0) + pairs(1) + pairs(2)) / 3, 12);
  });

  it('the Brier score is the squared distance of the probabilities from the truth', () => {
    expect(scoreOf('brier', four)).toBeCloseTo((0.01 + 0.16 + 0.4225 + 0.04) / 4, 12);
    expect(scoreOf('brier', { ...four, outputs: four.outputs.flatMap((p) => [1 - p, p]) })).toBeCloseTo(
      scoreOf('brier', four),
      12,
    );
    expect(scoreOf('brier', { targets: [2], outputs: [0.2, 0.3, 0.5] })).toBeCloseTo(0.04 + 0.09 + 0.25, 12);
  });

  it('the mean absolute error is in units of the target', () => {
    expect(scoreOf('mae', { targets: [1, -1, 0], outputs: [0.5, 0, 0], deviation: 20 })).toBeCloseTo(10, 12);
  });

  it('leave out classes that no row has, and say nothing better than chance of one class alone', () => {
    expect(scoreOf('balanced_accuracy', { targets: [0, 0], outputs: [0.2, 0.9] })).toBe(0.5);
    expect(scoreOf('roc_auc', { targets: [0, 0], outputs: [0.2, 0.9] })).toBe(0.5);
    expect(scoreOf('f1', { targets: [0, 0], outputs: [0.2, 0.1] })).toBe(1);
  });

  it.each(['balanced_accuracy', 'f1', 'roc_auc', 'brier'] as const)(
    'take a row that counts twice for two rows: %s',
    (name) => {
      const stream = keyedStream('weighted', name);
      const targets = Array.from({ length: 40 }, () => stream.below(3));
      const outputs = targets.flatMap(() => [
        stream.below(10) / 10,
        stream.below(10) / 10,
        stream.below(10) / 10,
      ]);
      const counts = targets.map(() => stream.below(3));
      const rows = counts.flatMap((count, row) => Array.from({ length: count }, () => row));
      const unrolled = {
        targets: rows.map((row) => targets[row] ?? 0),
        outputs: rows.flatMap((row) => outputs.slice(row * 3, row * 3 + 3)),
      };
      expect(scoreOf(name, { targets, outputs }, counts)).toBeCloseTo(scoreOf(name, unrolled), 12);
    },
  );
});
