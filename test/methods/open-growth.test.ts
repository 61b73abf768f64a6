import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { Finding } from '../../src/campaign/finding.js';
import type { ParameterValue } from '../../src/campaign/parameters.js';
import type { GrowthCaps, OpenGrowth } from '../../src/campaign/plan.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import type { FitFirstOptions } from '../../src/methods/fit-first/options.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { type Landscape, landscape } from '../support/landscape.js';
import { eventsOfTrial, playOut } from '../support/play-out.js';

const doubling: OpenGrowth = { step: { kind: 'times', by: 2 }, resolution: 1.5 };
const noCaps: GrowthCaps = { cost: null, trials: null, size: null };

function grow(changes: Partial<FitFirstOptions>, shape: Landscape = landscape({ fitsFrom: 40 })): Campaign {
  return playOut(fitFirst(fitFirstOptions({ sizes: [4], open: doubling, ...changes })), shape);
}

function findings<Kind extends Finding['kind']>(campaign: Campaign, kind: Kind) {
  return campaign.findings
    .toArray()
    .filter((finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind);
}

const sizesOf = (campaign: Campaign): ParameterValue[] => findings(campaign, 'size').map(({ size }) => size);
const ending = (campaign: Campaign) =>
  findings(campaign, 'growth-ended').map(({ by, because }) => [by, because]);

describe('an open range', () => {
  it('doubles until a size fits, and then tries sizes between until the resolution is reached', () => {
    const campaign = grow({});
    expect(sizesOf(campaign)).toEqual([4, 8, 16, 32, 64, 45]);
    expect(findings(campaign, 'fitted')[0]?.parameters?.hidden).toBe(45);
    expect(ending(campaign)).toEqual([
      ['fit', 'Growth ended with a fit: hidden 45 reached the target, and hidden 32 did not.'],
    ]);
  });

  it('takes a size between that does not fit for final', () => {
    const campaign = grow({}, landscape({ fitsFrom: 60 }));
    expect(sizesOf(campaign)).toEqual([4, 8, 16, 32, 64, 45]);
    expect(findings(campaign, 'fitted')[0]?.parameters?.hidden).toBe(64);
    expect(ending(campaign)[0]?.[1]).toContain('hidden 64 reached the target, and hidden 45 did not');
  });

  it('finds the size more precisely where the config asks for it', () => {
    const campaign = grow({ open: { ...doubling, resolution: 1.05 } });
    expect(sizesOf(campaign)).toEqual([4, 8, 16, 32, 64, 45, 38, 41, 39, 40]);
    expect(findings(campaign, 'fitted')[0]?.parameters?.hidden).toBe(40);
  });

  it('grows on from the fitted size by the same factor', () => {
    const campaign = grow({}, landscape({ fitsFrom: 40, bestHidden: 90 }));
    expect(findings(campaign, 'grown')[0]?.parameters?.hidden).toBe(90);
    const words = campaign.batches.map(({ because }) => because).toArray();
    expect(words.some((one) => /^hidden 180 is next; .* at hidden 90\.$/.test(one))).toBe(true);
  });

  it('goes up by a number without trying sizes between', () => {
    const open: OpenGrowth = { step: { kind: 'plus', by: 16 }, resolution: null };
    expect(sizesOf(grow({ open }))).toEqual([4, 20, 36, 52]);
  });

  it('lets a list go on past its end without trying sizes between', () => {
    const open: OpenGrowth = { step: { kind: 'times', by: 1.5 }, resolution: null };
    expect(sizesOf(grow({ sizes: [4, 10, 15], open }))).toEqual([4, 10, 15, 23, 35, 53]);
  });

  it('scales every width of a list of widths', () => {
    const bySum: Landscape = (spec) => {
      const widths = spec.parameters.hidden as readonly number[];
      const hidden = widths.reduce((sum, width) => sum + width, 0);
      return landscape({ fitsFrom: 40 })({ ...spec, parameters: { ...spec.parameters, hidden } });
    };
    const campaign = grow({ sizes: [[4, 2]] }, bySum);
    expect(sizesOf(campaign)).toEqual([
      [4, 2],
      [8, 4],
      [16, 8],
      [32, 16],
      [23, 11],
    ]);
  });

  it('names a plateau as what ended growth', () => {
    const flat: Landscape = (spec) =>
      landscape({ fitsFrom: 1000 })(spec).map(({ epoch, metrics }) => ({
        epoch,
        metrics: { ...metrics, train_accuracy: Number(spec.parameters.hidden) < 8 ? 0.7 : 0.8 },
      }));
    const strictly = grow({}, flat);
    expect(ending(strictly)).toEqual([
      [
        'plateau',
        'Growth ended at a plateau: hidden 16 and hidden 32 improved train_accuracy by no more ' +
          'than its standard error.',
      ],
    ]);
    expect(findings(strictly, 'fitted')[0]?.parameters).toBeNull();
    const { fit } = fitFirstOptions();
    const accepted = grow({ fit: { ...fit, acceptsPlateau: true }, ifNothingFits: 'stop' }, flat);
    expect(
      findings(accepted, 'fitted').map(({ parameters, because }) => [parameters?.hidden, because]),
    ).toEqual([
      [
        8,
        'hidden 8 counts as fitted: it is the smallest size within one standard error of the ' +
          'best. The best was train_accuracy 0.8 at hidden 8.',
      ],
    ]);
    expect(findings(accepted, 'warning').map(({ code }) => code)).not.toContain('nothing-fits');
    expect(accepted.conclusion?.kind).toBe('chosen');
  });
});

describe('a limit of growth', () => {
  const endless = landscape({ fitsFrom: 100_000 });

  it('ends growth before the first size that is too large', () => {
    const campaign = grow({ until: { ...noCaps, size: 20 } }, endless);
    expect(sizesOf(campaign)).toEqual([4, 8, 16]);
    expect(ending(campaign)).toEqual([
      [
        'size',
        'Growth ends before hidden 32: the largest size is 20 (fit_first.grow_until.size). Raise ' +
          'it and run again with --extend to go on from here.',
      ],
    ]);
    expect(findings(campaign, 'fitted')[0]?.because).toContain('No size fits. The best was train_accuracy');
  });

  it('counts trials, those of growing on too', () => {
    const campaign = grow({ until: { ...noCaps, trials: 20 } }, endless);
    // Two settings on three repeats: what cannot fit any more runs on two of them.
    expect(sizesOf(campaign)).toEqual([4, 8, 16, 32]);
    expect(ending(campaign)[0]?.[1]).toContain('would take up to 22 trials, and the limit is 20');
    const growingOn = grow(
      { until: { ...noCaps, trials: 28 } },
      landscape({ fitsFrom: 20, bestHidden: 200 }),
    );
    expect(ending(growingOn).map(([by]) => by)).toEqual(['fit', 'trials']);
  });

  it('measures cost by weights, rows and epochs, relative to the first size', () => {
    const until = { ...noCaps, cost: { unit: 'first-size', limit: 20 } } as const;
    const campaign = grow({ until }, endless);
    // 2/3 of 1, 2, 4 and 8; the next would add up to 16.
    expect(sizesOf(campaign)).toEqual([4, 8, 16, 32]);
    expect(ending(campaign)[0]?.[1]).toContain(
      'would take up to 26 times what the first size takes, and the limit is 20x',
    );
  });

  it('measures cost in multiply-adds', () => {
    // 2 settings x 3 repeats x 20 epochs x 100 rows x 4 weights.
    const first = 48_000;
    const until = { ...noCaps, cost: { unit: 'multiply-adds', limit: 4 * first } } as const;
    const campaign = grow({ until }, endless);
    expect(sizesOf(campaign)).toEqual([4, 8]);
    expect(ending(campaign)[0]?.[1]).toContain('multiply-adds, and the limit is 1.92e5');
  });

  it('always tries the first size, and goes on with it', () => {
    const until = { ...noCaps, cost: { unit: 'multiply-adds', limit: 1 } } as const;
    const campaign = grow({ until }, endless);
    expect(sizesOf(campaign)).toEqual([4]);
    expect(campaign.conclusion?.kind).toBe('chosen');
  });

  it('ends growth before a size that does not fit into memory', () => {
    const campaign = grow({ fitsMemory: ({ hidden }) => Number(hidden) < 16 }, endless);
    expect(sizesOf(campaign)).toEqual([4, 8]);
    expect(ending(campaign)[0]?.[0]).toBe('memory');
    const none = grow({ fitsMemory: () => false }, endless);
    expect(none.conclusion?.because).toBe(
      'Growth ends before hidden 4: its network does not fit into the memory that a trial can have, 4 GiB. ' +
        'Begin with a smaller size, or use fewer layers or a smaller batch_size.',
    );
  });

  it('says of a list, too, that the next size does not fit into memory', () => {
    const fitsMemory: FitFirstOptions['fitsMemory'] = ({ hidden }) => Number(hidden) < 16;
    const campaign = grow({ sizes: [4, 8, 16], open: null, until: null, fitsMemory }, endless);
    expect(ending(campaign)).toEqual([
      [
        'memory',
        'Growth ends before hidden 16: its network does not fit into the memory that a trial can have, 4 GiB. ' +
          'To go on from here, use fewer layers or a smaller batch_size, and run again with --extend.',
      ],
    ]);
  });

  it('calls it no plateau where no trial gives the training metric', () => {
    const diverging: typeof eventsOfTrial = (identity, spec, world) =>
      eventsOfTrial(identity, spec, world).map((event) =>
        event.type === 'trial-finished'
          ? { type: 'trial-diverged', trial: event.trial, attempt: 1, epoch: spec.epochs }
          : event,
      );
    const options = fitFirstOptions({ sizes: [4], open: doubling });
    const campaign = playOut(fitFirst(options), endless, diverging);
    expect(ending(campaign)).toEqual([
      ['plateau', 'Growth ended after hidden 8 and hidden 16, where no trial gave train_accuracy.'],
    ]);
  });

  it('ends the search between sizes, and keeps the size that fits', () => {
    const between = grow({ until: { ...noCaps, trials: 26 } }, landscape({ fitsFrom: 40 }));
    expect(findings(between, 'fitted')[0]?.parameters?.hidden).toBe(64);
    expect(ending(between)[0]?.[1]).toContain('Growth ends before hidden 45');
  });

  it('lets growth go on from where it ended once it is raised', () => {
    const low = grow({ until: { ...noCaps, size: 20 } });
    const high = grow({ until: { ...noCaps, size: 200 } });
    const asked = (campaign: Campaign) =>
      campaign.asked.filter((key) => campaign.trials.get(key)?.stage === 'grow');
    const shared = asked(low).filter((key) => high.trials.has(key));
    expect(shared.size).toBe(asked(low).size);
  });
});
