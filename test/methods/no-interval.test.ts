import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/campaign/finding.js';
import { reportGain } from '../../src/methods/fit-first/confirm.js';
import { fitFirstOptions } from '../support/fit-first-options.js';

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
