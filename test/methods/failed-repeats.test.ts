import { describe, expect, it } from 'vitest';
import { trialKey } from '../../src/campaign/trial.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { eventsOfTrial, playOut } from '../support/play-out.js';

/** What is said of the sizes where these trials of the growth fail; otherwise hidden 16 is the first that fits. */
function sentences(
  fails: (hidden: number, repeat: number) => boolean,
  failedIsUnfit = false,
): Map<unknown, string> {
  const usual = fitFirstOptions();
  const options = { ...usual, others: [{ learning_rate: 0.01 }], fit: { ...usual.fit, failedIsUnfit } };
  const campaign = playOut(fitFirst(options), landscape(), (identity, spec, world) => {
    const trial = trialKey(identity, spec);
    if (spec.until === null || !fails(Number(spec.parameters.hidden), spec.repeat))
      return eventsOfTrial(identity, spec, world);
    return [
      { type: 'trial-started', trial, attempt: 1 },
      { type: 'trial-failed', trial, attempt: 1, code: 'exit', message: 'code 1' },
    ];
  });
  const sizes = campaign.findings.toArray().filter((finding) => finding.kind === 'size');
  return new Map(sizes.map(({ size, because }) => [size, because]));
}

const sentenceAt16 = (failing: readonly number[], failedIsUnfit: boolean): string =>
  sentences((hidden, repeat) => hidden === 16 && failing.includes(repeat), failedIsUnfit).get(16) ?? '';

describe('a repeat whose trial failed', () => {
  it('is missing: the others decide, and the sentence says which', () => {
    expect(sentenceAt16([2], false)).toBe(
      'hidden 16 fits: 2 of 3 repeats reached the target, after 12 epochs on average. Missing, ' +
        'because its trial failed: repeat 2.',
    );
    expect(sentenceAt16([1, 3], false)).toBe(
      'hidden 16 fits: 1 of 3 repeats reached the target, after 12 epochs on average. Missing, ' +
        'because its trial failed: repeat 1 and 3.',
    );
  });

  it('counts as one that did not fit where the config says so', () => {
    expect(sentenceAt16([1, 3], true)).toMatch(
      /^hidden 16 does not fit: 0 of 2 repeats|^hidden 16 does not fit: 1 of 3 repeats/,
    );
  });

  it('decides nothing where every repeat is missing', () => {
    expect(sentenceAt16([1, 2, 3], false)).toBe(
      'Whether hidden 16 fits is not known: no repeat gave train_accuracy. Missing, because ' +
        'its trial failed: repeat 1, 2 and 3.',
    );
  });

  it('is no sign that growing does not help: sizes of which nothing is known end no growth', () => {
    const sizes = sentences((hidden) => hidden === 8 || hidden === 16);
    expect(sizes.get(8)).toMatch(/^Whether hidden 8 fits is not known/);
    expect(sizes.get(16)).toMatch(/^Whether hidden 16 fits is not known/);
    expect(sizes.get(32)).toMatch(/^hidden 32 fits: 3 of 3 repeats/);
  });
});
