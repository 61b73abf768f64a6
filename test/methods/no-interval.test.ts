import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/campaign/finding.js';
import { reportGain } from '../../src/methods/fit-first/confirm.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { playOut } from '../support/play-out.js';

/** What is found of these scores on the same repeats. */
function found(mine: readonly number[], theirs: readonly number[]): Finding[] {
  const findings: Finding[] = [];
  const steps = reportGain(mine, theirs, fitFirstOptions());
  for (let step = steps.next([]); step.done !== true; step = steps.next([]))
    if (step.value.kind === 'found') findings.push(step.value.finding);
  return findings;
}

describe('repeats that come out the same to the last digit', () => {
  it('give no interval of the gain, and a warning', () => {
    expect(found([0.5, 0.5, 0.5, 0.5], [1, 1, 1, 1])).toMatchObject([
      { kind: 'gain', mean: 0.5, low: null, high: null, because: expect.not.stringContaining('interval') },
      { kind: 'warning', code: 'no-interval' },
    ]);
    expect(found([0.5, 0.5, 0.5, 0.6], [1, 1, 1, 1])).toMatchObject([
      { kind: 'gain', low: expect.any(Number) },
    ]);
  });
});

describe('settings that ran once', () => {
  const warned = (confirm: number): boolean => {
    const options = fitFirstOptions({ confirm, choose: 'best' });
    const comparison = { ...options.comparison, repeats: { first: 1, most: 1 } };
    const campaign = playOut(fitFirst({ ...options, comparison }), landscape());
    return campaign.findings.some(({ because }) => because.startsWith('Every setting ran once'));
  };

  it('are no reason to doubt a choice that fresh repeats make', () => {
    expect([0, 1, 3].map(warned)).toEqual([true, true, false]);
  });
});
