import { describe, expect, it } from 'vitest';
import { trialKey } from '../../src/campaign/trial.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { eventsOfTrial, playOut } from '../support/play-out.js';

/** What is said of hidden 16, which fits on every repeat but for those whose trials fail. */
function sentenceAt16(failing: readonly number[], failedIsUnfit: boolean): string {
  const usual = fitFirstOptions();
  const options = { ...usual, others: [{ learning_rate: 0.01 }], fit: { ...usual.fit, failedIsUnfit } };
  const campaign = playOut(fitFirst(options), landscape(), (identity, spec, world) => {
    const trial = trialKey(identity, spec);
    const fails = spec.parameters.hidden === 16 && spec.until !== null && failing.includes(spec.repeat);
    if (!fails) return eventsOfTrial(identity, spec, world);
    return [
      { type: 'trial-started', trial, attempt: 1 },
      { type: 'trial-failed', trial, attempt: 1, code: 'exit', message: 'code 1' },
    ];
  });
  const sizes = campaign.findings.toArray().filter((finding) => finding.kind === 'size');
  return sizes.find((finding) => finding.size === 16)?.because ?? '';
}

describe('a repeat whose trial failed', () => {
  it('is missing: the others decide, and the sentence says which', () => {
    expect(sentenceAt16([2], false)).toBe(
      'hidden 16 fits: 2 of 3 repeats reached the target, after 12 epochs on average. Missing, because its trial failed: repeat 2.',
    );
    expect(sentenceAt16([1, 3], false)).toBe(
      'hidden 16 fits: 1 of 3 repeats reached the target, after 12 epochs on average. Missing, because its trial failed: repeat 1 and 3.',
    );
  });

  it('counts as one that did not fit where the config says so', () => {
    expect(sentenceAt16([1, 3], true)).toMatch(
      /^hidden 16 does not fit: 0 of 2 repeats|^hidden 16 does not fit: 1 of 3 repeats/,
    );
  });

  it('decides nothing where every repeat is missing', () => {
    expect(sentenceAt16([1, 2, 3], false)).toContain('hidden 16 does not fit: 0 of 3 repeats');
  });
});
