import { describe, expect, it } from 'vitest';
import { explained, scoresOf, spreadOf } from '../../src/evaluation/scores.js';

describe('the scores of a part', () => {
  it('of classes are the mean loss and the share that is right', () => {
    expect(scoresOf({ loss: 0.3, correct: 7 }, { kind: 'class', rows: 10 })).toEqual({
      loss: 0.3,
      accuracy: 0.7,
    });
  });

  it('of numbers are the loss of the standardised target, r2 of the part, and rmse in its units', () => {
    const errors = [0.5, -1, 0, 0.5];
    const targets = [1, -1, 2, 0];
    const loss = errors.reduce((sum, error) => sum + (error * error) / 2, 0) / 4;
    const scores = scoresOf(
      { loss, correct: 0 },
      { kind: 'number', rows: 4, spread: spreadOf(targets), deviation: 10 },
    );
    expect(scores.r2).toBeCloseTo(1 - 1.5 / 5, 12);
    expect(scores.rmse).toBeCloseTo(10 * Math.sqrt(1.5 / 4), 12);
    expect(scores.loss).toBe(loss);
  });

  it('explain nothing of targets that do not vary, unless there is no error at all', () => {
    expect(explained(0.1, 0)).toBe(0);
    expect(explained(0, 0)).toBe(1);
    expect(explained(Number.POSITIVE_INFINITY, 3)).toBeNaN();
  });
});
