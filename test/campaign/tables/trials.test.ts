import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reports } from '../../../src/campaign/tables/reports.js';
import { Trials } from '../../../src/campaign/tables/trials.js';
import { isSameTrial, type Trial, type TrialKey } from '../../../src/campaign/trial.js';

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

/** A step: which version it goes on from, which trial it sets, and what of that trial. */
const steps = fc.array(
  fc.record({
    from: fc.nat({ max: 40 }),
    name: fc.nat({ max: 9 }),
    number: fc.option(fc.nat({ max: 2 })),
    stage: fc.constantFrom('search', 'finish'),
    attempts: fc.nat({ max: 2 }),
    state: fc.constantFrom('waiting', 'running', 'finished', 'diverged'),
    reports: fc.array(fc.constantFrom(0, -0, 0.5, 1e300), { maxLength: 3 }),
    metric: fc.constantFrom('loss', 'error'),
    epochs: fc.constantFrom(1, 5, 2 ** 40),
    until: fc.boolean(),
    final: fc.boolean(),
    notes: fc.boolean(),
  }),
  { maxLength: 40 },
);

const FINAL = { score: 1 };
const NOTES = ['read from the log'];
const PARAMETERS = Array.from({ length: 10 }, (_, x) => ({ x }));

type Step = typeof steps extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function trialOf(step: Step): Trial {
  const { name, number, stage, attempts, state, reports, metric, epochs, until, final, notes } = step;
  const facts = {
    key: (name % 2 === 0 ? `key ${name}` : String(name).repeat(32)) as TrialKey,
    spec: {
      parameters: PARAMETERS[name] ?? {},
      repeat: 1,
      epochs,
      until: until ? { metric: 'loss', goal: 'minimize' as const, bound: 0 } : null,
      finish: null,
    },
    stage,
    number,
    attempts,
    reports: Reports.of(reports.map((value, i) => ({ epoch: i + 1, metrics: { [metric]: value } }))),
  };
  switch (state) {
    case 'finished':
      return {
        ...{ ...facts, state, reason: 'complete', evaluation: null },
        ...(final && { final: FINAL }),
        ...(notes && { notes: NOTES }),
      };
    case 'diverged':
      return { ...facts, state, epoch: 1 };
    default:
      return { ...facts, state: state === 'running' ? 'running' : 'waiting' };
  }
}

/** A trial in plain values, -0 told from 0. */
const plain = ({ reports, ...trial }: Trial): object => ({
  ...trial,
  reports: reports.toArray().map(({ epoch, metrics }) => [epoch, Object.entries(metrics)]),
});

it('a table of trials is what a plain map would be, in every version', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const versions = [{ table: Trials.EMPTY, model: new Map<TrialKey, Trial>() }];
      for (const step of all) {
        const base = versions[step.from % versions.length];
        if (base === undefined) continue;
        const one = trialOf(step);
        versions.push({ table: base.table.set(one), model: new Map(base.model).set(one.key, one) });
      }
      const last = versions.at(-1);
      if (last === undefined) return;
      versions.push({ table: Trials.of(last.table.values()), model: last.model });
      const waiting = (one: Trial): Trial => (one.state === 'running' ? { ...one, state: 'waiting' } : one);
      const mapped = new Map([...last.model].map(([key, one]) => [key, waiting(one)]));
      versions.push({ table: last.table.map(waiting), model: mapped });
      for (const { table, model } of versions) {
        expect(table.size).toBe(model.size);
        expect([...table.values()].map(plain)).toStrictEqual([...model.values()].map(plain));
        for (const [key, one] of model) expect(isSameTrial(table.get(key), one)).toBe(true);
        const kept = table.keepRead();
        for (const [key, one] of model) {
          expect(isSameTrial(table.get(key), one)).toBe(true);
          expect(table.get(key)).toBe(table.get(key));
        }
        kept[Symbol.dispose]();
      }
    }),
  );
});

it('selects the trials of keys in the order of the keys, and leaves out keys that it does not have', () => {
  const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'absent'), { maxLength: 12 });
  const table = Trials.of(['a', 'b', 'c', 'd', 'e'].map((name) => trial(name)));
  const earlier = Trials.EMPTY.set(trial('a'));
  const later = earlier.set(trial('b'));
  fc.assert(
    fc.property(names, (keys) => {
      const selected = [...table.select(keys as TrialKey[])].map(({ key }) => key);
      expect(selected).toEqual(keys.filter((key) => key !== 'absent'));
    }),
  );
  expect([...earlier.select(later.keys())].map(({ key }) => key)).toEqual(['a']);
});

it('finds each of many keys', () => {
  const keys = Array.from({ length: 5000 }, (_, i) => `${i * 7919}`);
  const table = keys.reduce((trials, key) => trials.set(trial(key)), Trials.EMPTY);
  expect(keysOf(table)).toEqual(keys);
  expect(keys.every((key) => table.get(key as TrialKey)?.key === key)).toBe(true);
  expect(table.has('absent' as TrialKey)).toBe(false);
});
