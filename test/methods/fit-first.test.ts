import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { Finding } from '../../src/campaign/finding.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { eventsOfTrial, playOut } from '../support/play-out.js';

function findings<Kind extends Finding['kind']>(
  campaign: Campaign,
  kind: Kind,
): Extract<Finding, { kind: Kind }>[] {
  return campaign.findings
    .toArray()
    .filter((finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind);
}

const codes = (campaign: Campaign): string[] => findings(campaign, 'warning').map((warning) => warning.code);

const trialsOf = (campaign: Campaign, stage: string) =>
  [...campaign.trials.values()]
    .filter((trial) => trial.number !== null && trial.stage === stage)
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));

describe('fit first', () => {
  const campaign = playOut(fitFirst(fitFirstOptions()), landscape());

  it('grows from the smallest size and stops at the first that fits', () => {
    expect(findings(campaign, 'size').map(({ size, fits }) => [size, fits])).toEqual([
      [4, false],
      [8, false],
      [16, true],
    ]);
    expect(findings(campaign, 'fitted')[0]?.parameters).toEqual({
      hidden: 16,
      dropout: 0,
      learning_rate: 0.01,
    });
  });

  it('ends a growing trial at the first epoch that fits', () => {
    const fitted = trialsOf(campaign, 'grow').filter(
      (trial) => trial.state === 'finished' && trial.reason === 'fit',
    );
    expect(fitted.map((trial) => trial.reports.size)).toEqual(fitted.map(() => 12));
    expect(fitted.length).toBe(6);
  });

  it('drops a setting that can no longer reach the quorum', () => {
    const atFour = trialsOf(campaign, 'grow').filter((trial) => trial.spec.parameters.hidden === 4);
    expect(atFour.map((trial) => trial.spec.repeat)).toEqual([1, 1, 2, 2]);
  });

  it('runs a setting on its least number of repeats, even if it can no longer reach the quorum', () => {
    const repeatsAtFour = (leastRepeats: number): number[] => {
      const { fit } = fitFirstOptions();
      const options = fitFirstOptions({ fit: { ...fit, repeats: 2, leastRepeats } });
      const grown = trialsOf(playOut(fitFirst(options), landscape()), 'grow');
      return grown.flatMap(({ spec }) => (spec.parameters.hidden === 4 ? [spec.repeat] : []));
    };
    expect(repeatsAtFour(1)).toEqual([1, 1]);
    expect(repeatsAtFour(2)).toEqual([1, 1, 2, 2]);
  });

  it('keeps dropout off while it grows', () => {
    expect(trialsOf(campaign, 'grow').every((trial) => trial.spec.parameters.dropout === 0)).toBe(true);
  });

  it('grows on while validation improves, and tunes dropout at both sizes', () => {
    expect(findings(campaign, 'grown')[0]?.parameters).toEqual({
      hidden: 32,
      dropout: 0,
      learning_rate: 0.01,
    });
    const sizes = trialsOf(campaign, 'dropout').map((trial) => trial.spec.parameters.hidden);
    expect(new Set(sizes)).toEqual(new Set([16, 32]));
  });

  it('runs every dropout trial for its full epochs, the baseline too', () => {
    expect(trialsOf(campaign, 'dropout').every((trial) => trial.reports.size === 20)).toBe(true);
  });

  it('chooses the best setting, and says what the strict advice would have chosen', () => {
    expect(findings(campaign, 'chosen')[0]?.parameters).toEqual({
      hidden: 32,
      dropout: 0.35,
      learning_rate: 0.01,
    });
    expect(findings(campaign, 'strict')[0]?.parameters).toEqual({
      hidden: 16,
      dropout: 0.35,
      learning_rate: 0.01,
    });
    expect(findings(campaign, 'baseline')[0]?.parameters).toEqual({
      hidden: 32,
      dropout: 0,
      learning_rate: 0.01,
    });
  });

  it('confirms the gain on repeats that nothing else used, for the median best epoch', () => {
    const fresh = trialsOf(campaign, 'confirm');
    expect(fresh.map((trial) => trial.spec.repeat)).toEqual([5, 6, 7, 5, 6, 7]);
    expect(fresh.every((trial) => trial.spec.epochs === 10)).toBe(true);
    const [gain] = findings(campaign, 'gain');
    expect(gain?.mean).toBeCloseTo(0.35 * 0.35, 12);
    expect(gain?.low).toBeCloseTo(0.35 * 0.35, 12);
    expect(gain?.repeats).toBe(3);
  });

  it('trains the chosen setting and its baseline once more on repeat 0', () => {
    expect(
      trialsOf(campaign, 'finish').map((trial) => [trial.spec.repeat, trial.spec.parameters.dropout]),
    ).toEqual([
      [0, 0.35],
      [0, 0],
    ]);
    expect(campaign.conclusion?.chosen).toBe(trialsOf(campaign, 'finish')[0]?.key);
  });

  it('says each decision in a sentence', () => {
    expect(campaign.batches.map((batch) => `${batch.stage}: ${batch.because}`).toArray()).toEqual([
      'grow: Dropout is off and the network grows until it fits; hidden 4 is the smallest.',
      'grow: Repeat 2 at hidden 4: so far 0 of 1 repeat reached the target.',
      'grow: Dropout stays off; hidden 8 is next.',
      'grow: Repeat 2 at hidden 8: so far 0 of 1 repeat reached the target.',
      'grow: Dropout stays off; hidden 16 is next.',
      'grow: Repeat 2 at hidden 16: so far 1 of 1 repeat reached the target.',
      'grow: Repeat 3 at hidden 16: so far 2 of 2 repeats reached the target.',
      'grow: hidden 16 fits; growth goes on without dropout while val_loss improves, from its ' +
        'full epochs on 3 repeats.',
      'grow: hidden 32 is next; the best val_loss so far is 0.5147 at hidden 16.',
      'grow: hidden 64 is next; the best val_loss so far is 0.4347 at hidden 32.',
      'dropout: hidden 16 is the smallest size that fits; now 16 settings of dropout and ' +
        'learning_rate at hidden 16 and hidden 32, paired by repeat.',
      'dropout: The better 8 of 16 settings after 1 repeat run on, up to 2 repeats.',
      'dropout: The better 4 of 8 settings after 2 repeats run on, up to 4 repeats.',
      'confirm: The winner of many settings looks better than it is: chosen and baseline run ' +
        'on 3 fresh repeats, for 10 and 10 epochs.',
      'finish: The chosen setting is trained once more on the training rows and judged on the ' +
        'test part, which was not used before, its baseline beside it.',
    ]);
    expect(campaign.findings.map((finding) => finding.because).toArray()).toEqual([
      'hidden 4 does not fit: 0 of 2 repeats reached the target; mean train_accuracy 0.2865.',
      'hidden 8 does not fit: 0 of 2 repeats reached the target; mean train_accuracy 0.6458.',
      'hidden 16 fits: 3 of 3 repeats reached the target, after 12 epochs on average.',
      'hidden 16 is the smallest size that fits.',
      'hidden 32 has the best mean val_loss without dropout: 0.4347; dropout is tuned there too.',
      'hidden 32, dropout 0.35, learning_rate 0.01 is chosen: mean val_loss 0.3121 over 4 repeats.',
      'The strict advice alone would have chosen hidden 16, dropout 0.35, learning_rate 0.01, ' +
        'with mean val_loss 0.3892 over 2 repeats.',
      'The best setting without dropout is hidden 32, dropout 0, learning_rate 0.01: mean ' +
        'val_loss 0.4304 over 1 repeat.',
      'Against the best setting without dropout, mean val_loss is better by 0.1225 (95 % ' +
        'interval of the gain 0.1225 to 0.1225) on 3 fresh repeats.',
    ]);
    expect(campaign.conclusion?.because).toBe(
      'hidden 16 is the smallest size that fits, hidden 32 is better on validation, and ' +
        'dropout 0.35 is the best there.',
    );
  });

  it('grows on up to a size in any case, and further only while validation improves', () => {
    const sizesRun = (growOn: { patience: number; atLeast?: number; atMost?: number }): number[] => {
      const sizes = [4, 8, 16, 32, 64, 128, 256];
      const campaign = playOut(fitFirst(fitFirstOptions({ sizes, growOn })), landscape({ bestHidden: 16 }));
      const grown = trialsOf(campaign, 'grow').filter(({ spec }) => spec.until === null);
      return [...new Set(grown.map(({ spec }) => Number(spec.parameters.hidden)))];
    };
    expect(sizesRun({ patience: 1 })).toEqual([16, 32]);
    expect(sizesRun({ patience: 1, atLeast: 100 })).toEqual([16, 32, 64]);
    expect(sizesRun({ patience: 4, atLeast: 64 })).toEqual([16, 32, 64, 128, 256]);
    expect(sizesRun({ patience: 4, atLeast: 64, atMost: 64 })).toEqual([16, 32, 64]);
    expect(sizesRun({ patience: 4, atMost: 8 })).toEqual([16]);
  });

  it('says that the fitted size stays the only one only where no sizes above it are tried', () => {
    const grownWith = (above: number): string | undefined => {
      const options = fitFirstOptions({ above, growOn: { patience: 1 } });
      const { findings } = playOut(fitFirst(options), landscape({ bestHidden: 4 }));
      return findings.find(({ kind }) => kind === 'grown')?.because;
    };
    expect(grownWith(0)).toBe('Growing on did not improve val_loss: hidden 16 stays the only size.');
    expect(grownWith(2)).toBe('Growing on did not improve val_loss: hidden 16 is the grown size, too.');
  });

  it('stays at the fitted size under the strict advice', () => {
    const strict = playOut(fitFirst(fitFirstOptions({ growOn: null })), landscape());
    expect(findings(strict, 'grown')).toEqual([]);
    expect(findings(strict, 'chosen')[0]?.parameters).toEqual({
      hidden: 16,
      dropout: 0.35,
      learning_rate: 0.01,
    });
  });

  it('runs the median best epoch on all rows where the finish is on all', () => {
    const options = fitFirstOptions();
    const all = playOut(fitFirst({ ...options, finish: { ...options.finish, on: 'all' } }), landscape());
    expect(trialsOf(all, 'finish').map((trial) => [trial.spec.epochs, trial.spec.finish])).toEqual([
      [10, { on: 'all', checkpoint: 'last' }],
      [10, { on: 'all', checkpoint: 'last' }],
    ]);
  });

  it('says plainly that dropout does not help where it does not', () => {
    const useless = playOut(fitFirst(fitFirstOptions()), landscape({ bestDropout: 0 }));
    expect(findings(useless, 'chosen')[0]?.parameters.dropout).toBe(0);
    expect(codes(useless)).toContain('dropout-does-not-help');
    expect(trialsOf(useless, 'confirm')).toEqual([]);
    expect(trialsOf(useless, 'finish').length).toBe(1);
  });
});

describe('fit first where nothing fits', () => {
  const hopeless = landscape({ fitsFrom: 120, bestHidden: 16 });

  it('says so with the likely reason, and goes on with the smallest size near the best', () => {
    const campaign = playOut(fitFirst(fitFirstOptions()), hopeless);
    expect(findings(campaign, 'fitted')[0]?.parameters).toBeNull();
    expect(codes(campaign)).toContain('nothing-fits');
    expect(findings(campaign, 'fitted')[0]?.because).toMatch(
      /^No size in the range fits\. .*try more epochs\.$/,
    );
    expect(campaign.conclusion?.chosen).not.toBeNull();
  });

  it('stops where the config says so', () => {
    const campaign = playOut(fitFirst(fitFirstOptions({ ifNothingFits: 'stop' })), hopeless);
    expect(campaign.conclusion).toEqual({
      kind: 'nothing-fits',
      chosen: null,
      because: 'Nothing fits, and the config says to stop then.',
    });
    expect(trialsOf(campaign, 'dropout')).toEqual([]);
  });

  it('stops growing after two sizes in a row that did not help', () => {
    const flat = landscape({ fitsFrom: 1000 });
    const plateau = playOut(fitFirst(fitFirstOptions()), (spec) =>
      flat(spec).map((report) => ({
        ...report,
        metrics: { ...report.metrics, train_accuracy: 0.9, train_loss: 0.3 },
      })),
    );
    expect(findings(plateau, 'size').map((finding) => finding.size)).toEqual([4, 8, 16]);
    expect(findings(plateau, 'fitted')[0]?.because).toMatch(/flat at the end/);
  });

  it('concludes without a choice where every trial diverges', () => {
    const diverging = playOut(fitFirst(fitFirstOptions()), landscape(), (identity, spec, world) => {
      const [started] = eventsOfTrial(identity, spec, world);
      if (started?.type !== 'trial-started') throw new Error('a trial begins with its start');
      return [started, { type: 'trial-diverged', trial: started.trial, attempt: 1, epoch: 1 }];
    });
    expect(diverging.conclusion?.chosen).toBeNull();
    expect(findings(diverging, 'fitted')[0]?.because).toMatch(/smaller learning rate/);
  });
});
