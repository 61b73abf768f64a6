import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { Finding } from '../../src/campaign/finding.js';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readConfig } from '../../src/config/load-config.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { valuesBeyond } from '../../src/methods/fit-first/race/values-beyond.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { playOut } from '../support/play-out.js';

function tune(bestDropout: number, isAsked = true): Campaign {
  const beyond = isAsked ? { dropout: [0, 0.2, 0.35, 0.5] } : null;
  return playOut(fitFirst(fitFirstOptions({ beyond, choose: 'best' })), landscape({ bestDropout }));
}

function findings<Kind extends Finding['kind']>(campaign: Campaign, kind: Kind) {
  return campaign.findings
    .toArray()
    .filter((finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind);
}

const triedIn = (campaign: Campaign): number[] =>
  [...new Set(campaign.trials.toList().map(({ spec }) => Number(spec.parameters.dropout)))].sort();

describe('a best dropout value at the edge of its range', () => {
  it('extends the range, and a value beyond can be chosen', () => {
    const campaign = tune(0.68);
    expect(findings(campaign, 'range-extended')).toEqual([
      {
        kind: 'range-extended',
        parameter: 'dropout',
        from: 0.5,
        values: [0.65, 0.8],
        because: 'dropout 0.5 is the best and the largest value, so 0.65 and 0.8 are tried.',
      },
    ]);
    expect(findings(campaign, 'chosen').at(-1)?.parameters.dropout).toBe(0.65);
    expect(findings(campaign, 'warning').map(({ code }) => code)).not.toContain('at-edge-of-range');
  });

  it('extends it again up to 0.95, and says where the best is still at the edge', () => {
    const campaign = tune(1.2);
    expect(findings(campaign, 'range-extended').map(({ values }) => values)).toEqual([[0.65, 0.8], [0.95]]);
    expect(findings(campaign, 'warning').find(({ code }) => code === 'at-edge-of-range')).toMatchObject({
      because: 'dropout 0.95 is the best, and no larger value is tried.',
    });
  });

  it('runs the values beyond on the repeats of the best so far', () => {
    const campaign = tune(0.68);
    const repeatsOf = (dropout: number) =>
      campaign.trials
        .toList()
        .filter(({ spec: { parameters, repeat, epochs } }) => {
          const isRace = repeat >= 1 && repeat <= 4 && epochs === 20;
          return isRace && parameters.dropout === dropout && parameters.learning_rate === 0.01;
        })
        .map(({ spec }) => spec.repeat)
        .toSet()
        .sort();
    expect(repeatsOf(0.65)).toEqual(repeatsOf(0.5));
  });

  it('tries nothing beyond where the best lies inside, where dropout does not help, or where nobody asks', () => {
    for (const campaign of [tune(0.35), tune(-1), tune(0.68, false)]) {
      expect(findings(campaign, 'range-extended')).toEqual([]);
      expect(triedIn(campaign)).toEqual([0, 0.2, 0.35, 0.5]);
    }
  });
});

describe('the values beyond a range', () => {
  it.each([
    [
      [0, 0.2, 0.35, 0.5],
      [0.65, 0.8],
    ],
    [
      [0, 0.5],
      [0.75, 0.875],
    ],
    [
      [0, 0.2, 0.5],
      [0.8, 0.9],
    ],
    [[0, 0.5, 0.9], [0.95]],
    [[0, 0.95], []],
    [
      [0, 0.0001, 0.001],
      [0.01, 0.1],
    ],
    [[0.5], []],
  ])('go on from %j with %j', (values, next) => {
    expect(valuesBeyond(values)).toEqual(next);
  });
});

describe('dropout_beyond', () => {
  const read = (dropout: string) =>
    readConfig(
      `parameters:\n  hidden: {from: 8}\n  dropout: ${dropout}\ndata: {path: x.csv, target: y}\n` +
        'method: fit_first\nfit_first: {grow: hidden, dropout: [dropout], dropout_beyond: true}\n',
      'c.yaml',
    );

  it('is part of the plan', () => {
    expect(read('{values: [0, 0.5]}').config.plan.options.dropout_beyond).toBe(true);
  });

  it('is refused where no rates are listed', () => {
    expect(() => read('{min: 0, max: 0.5}')).toThrow(FitfirstError);
    expect(() => read('{min: 0, max: 0.5}')).toThrow('fit_first.dropout_beyond needs listed rates');
  });
});
