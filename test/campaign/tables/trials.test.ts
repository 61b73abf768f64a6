import { describe, expect, it } from 'vitest';
import { Reports } from '../../../src/campaign/tables/reports.js';
import { Trials } from '../../../src/campaign/tables/trials.js';
import type { Trial, TrialKey } from '../../../src/campaign/trial.js';

function trial(name: string, attempts = 0): Trial {
  const spec = { parameters: {}, repeat: 1, epochs: 1, until: null, finish: null };
  const facts = { key: name as TrialKey, spec, stage: 'search', number: null, attempts };
  return { ...facts, reports: Reports.EMPTY, state: 'waiting' };
}

const keysOf = (trials: Trials): string[] => [...trials].map(([key]) => key);

describe('a table of trials', () => {
  it('keeps the order in which trials came, and their latest state', () => {
    const trials = Trials.EMPTY.set(trial('b')).set(trial('a')).set(trial('b', 2));
    expect(keysOf(trials)).toEqual(['b', 'a']);
    expect(trials.get('b' as TrialKey)?.attempts).toBe(2);
    expect(trials.size).toBe(2);
  });

  it('stays as it is when others go on from it', () => {
    const base = Trials.EMPTY.set(trial('a'));
    const one = base.set(trial('b'));
    const other = base.set(trial('c')).set(trial('a', 1));
    expect([base, one, other].map(keysOf)).toEqual([['a'], ['a', 'b'], ['a', 'c']]);
    expect(base.get('b' as TrialKey)).toBeUndefined();
    expect(one.has('c' as TrialKey)).toBe(false);
    expect(one.get('a' as TrialKey)?.attempts).toBe(0);
    expect(Trials.EMPTY.size).toBe(0);
    expect(keysOf(Trials.EMPTY.set(trial('d')))).toEqual(['d']);
  });
});
