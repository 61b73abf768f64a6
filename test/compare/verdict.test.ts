import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/compare/verdict.js';

const difference = (mean: number, half: number) => ({
  ...{ mean, low: mean - half, high: mean + half },
  ...{ repeats: 20, detectable: half },
});

const verdict = (mean: number, half: number, rival = difference(0, 0.01)) =>
  verdictOf({
    metric: 'val_loss',
    growing: { regret: difference(mean, half), saving: 12.47 },
    rival,
    tuning: 0.2,
  });

describe('the verdict of a comparison', () => {
  it('is yes if the whole interval of the regret lies within a tenth of what tuning brings', () => {
    const { answer, sentence, tolerance } = verdict(0.004, 0.01);
    expect(answer).toBe('yes');
    expect(tolerance).toBeCloseTo(0.02, 12);
    expect(sentence).toBe(
      'Yes: the choice of fit_first is worse than that of the grid by 0.004 in val_loss (95 % interval -0.006 to ' +
        '0.014); a tenth of what tuning brings is 0.02. It trains 12 times less than the grid. Random search that ' +
        'costs as much is not clearly different: no difference (95 % interval -0.01 to 0.01).',
    );
  });

  it('is no if the regret is certain and larger than that', () => {
    expect(verdict(0.05, 0.02).answer).toBe('no');
  });

  it('is open if the interval is too wide, or the regret is certain but small', () => {
    expect(verdict(0.01, 0.05).answer).toBe('unclear');
    expect(verdict(0.015, 0.01).answer).toBe('unclear');
  });

  it('says where random search of the same cost is better', () => {
    expect(verdict(0, 0.01, difference(0.03, 0.01)).sentence).toContain(
      'Random search that costs as much is better by 0.03 (95 % interval 0.02 to 0.04).',
    );
  });
});
