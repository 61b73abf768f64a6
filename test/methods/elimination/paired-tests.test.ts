import { describe, expect, it } from 'vitest';
import { pairedTests } from '../../../src/methods/elimination/paired-tests.js';
import type { RacedValues } from '../../../src/methods/elimination/round.js';
import { keyedStream, shuffle } from '../../../src/numeric/keyed-stream.js';

interface Entry extends RacedValues {
  readonly name: number;
}

const DRAWS = 300;

/** Settings with true means of their own and noise by repeat; on some draws coarse values, so that many are equal. */
function fieldOf(draw: number): Entry[] {
  const random = keyedStream('paired tests', draw);
  const repeats = 2 + random.below(11);
  const isCoarse = random.below(3) === 0;
  return Array.from({ length: 2 + random.below(10) }, (_, name) => {
    const level = random.normal();
    const values = Array.from({ length: repeats }, () => {
      if (random.below(20) === 0) return Number.POSITIVE_INFINITY;
      const value = level + random.normal();
      return isCoarse ? Math.round(value) : value;
    });
    return { name, values };
  });
}

const fields = Array.from({ length: DRAWS }, (_, draw) => fieldOf(draw));

const namesOf = (entries: readonly Entry[]): number[] =>
  entries.map(({ name }) => name).sort((a, b) => a - b);

function shuffled<Item>(items: readonly Item[], draw: number): Item[] {
  const order = shuffle(
    Uint32Array.from(items, (_, i) => i),
    keyedStream('order', draw),
  );
  return [...order].flatMap((i) => items.slice(i, i + 1));
}

const of = (...values: readonly (readonly number[])[]): Entry[] =>
  values.map((one, name) => ({ name, values: one }));

describe('paired tests', () => {
  it('never eliminate the setting that is the best on every repeat', () => {
    let eliminated = 0;
    for (const field of fields) {
      const best = (field[0]?.values ?? []).map((_, i) =>
        field.reduce((least, { values }) => Math.min(least, values[i] ?? Number.NaN), 1e6),
      );
      const withBest = [...field, { name: -1, values: best }];
      const { kept } = pairedTests(withBest, 'minimize');
      expect(namesOf(kept)).toContain(-1);
      eliminated += withBest.length - kept.length;
    }
    expect(eliminated).toBeGreaterThan(DRAWS);
  });

  it('keep at least one setting, and all where every value is equal', () => {
    for (const field of fields) expect(pairedTests(field, 'minimize').kept.length).toBeGreaterThan(0);
    const equal = of([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]);
    expect(pairedTests(equal, 'minimize').kept).toEqual(equal);
    expect(pairedTests(equal.slice(1), 'minimize').kept).toEqual(equal.slice(1));
  });

  it('decide the same in any order of the settings and of the repeats', () => {
    for (const [draw, field] of fields.entries()) {
      const expected = namesOf(pairedTests(field, 'minimize').kept);
      expect(namesOf(pairedTests(shuffled(field, draw), 'minimize').kept)).toEqual(expected);
      const swapped = field.map((entry) => ({ ...entry, values: shuffled(entry.values, draw) }));
      expect(namesOf(pairedTests(swapped, 'minimize').kept)).toEqual(expected);
    }
  });

  it('decide the same about a score and about the loss that is its negative', () => {
    for (const field of fields) {
      const scores = field.map((entry) => ({ ...entry, values: entry.values.map((value) => -value) }));
      expect(namesOf(pairedTests(scores, 'maximize').kept)).toEqual(
        namesOf(pairedTests(field, 'minimize').kept),
      );
    }
  });

  it('say which test eliminated settings, with its statistic, its probability and the repeats', () => {
    const round = pairedTests(
      of(
        [0.48, 0.5, 0.51, 0.53, 0.47],
        [0.52, 0.55, 0.49, 0.6, 0.51],
        [0.61, 0.66, 0.58, 0.62, 0.57],
        [0.7, 0.71, 0.69, 0.64, 0.73],
      ),
      'minimize',
    );
    expect(namesOf(round.kept)).toEqual([0]);
    expect(round.ended).toMatchObject({ test: 'friedman' });
    expect(round.because(1, '')).toBe(
      "Friedman's test over 5 repeats finds differences between 4 settings (chi-squared 14.04, p 0.0029); by " +
        "Conover's test, all others are worse than the best, so the race ends.",
    );
  });

  it('say who runs on, also where no setting is worse', () => {
    const alike = of([3, 1, 2, 3], [1, 3, 1, 2], [2, 2, 3, 1]);
    expect(pairedTests(alike, 'minimize').because(3, '')).toBe(
      "Friedman's test over 4 repeats finds no difference between 3 settings (chi-squared 0.5, p 0.78). " +
        'All 3 run on, up to 5 repeats.',
    );
    const apart = of([1, 2, 1, 2, 1], [2, 1, 2, 1, 2], [9, 8, 9, 7, 8]);
    expect(pairedTests(apart, 'minimize').because(3, ', and so does the best without dropout')).toBe(
      "Friedman's test over 5 repeats finds differences between 3 settings (chi-squared 7.6, p 0.022); by Conover's " +
        'test, 1 is worse than the best. The other 2 run on, up to 6 repeats, and so does the best without dropout.',
    );
  });

  it('compare two settings by the exact signed-rank test, which needs six repeats to tell them apart', () => {
    const better = [1, 2, 3, 4, 5, 6];
    const worse = [1.1, 2.2, 3.3, 4.4, 5.5, 6.6];
    const upTo = (repeats: number) =>
      pairedTests(of(worse.slice(0, repeats), better.slice(0, repeats)), 'minimize');
    expect(upTo(5).kept).toHaveLength(2);
    expect(upTo(5).because(2, '')).toBe(
      'The Wilcoxon signed-rank test over 5 repeats finds no difference between 2 settings (sum of ranks 0, ' +
        'p 0.063). Both run on, up to 6 repeats.',
    );
    expect(namesOf(upTo(6).kept)).toEqual([1]);
    expect(upTo(6).ended).toEqual({ test: 'wilcoxon', p: 0.03125 });
    expect(upTo(6).because(1, '')).toBe(
      'The Wilcoxon signed-rank test over 6 repeats finds that one of 2 settings is better (sum of ranks 0, ' +
        'p 0.031), so the race ends.',
    );
  });

  it('eliminate settings with repeats that were stopped early without a test', () => {
    const [a, b, c] = of([1, 2, 3], [2, 1, 2], [0, 0, 0]);
    const cut = { ...c, name: 2, values: c?.values ?? [], isCut: true };
    const entries = [a, b].flatMap((one) => one ?? []);
    expect(namesOf(pairedTests([cut, ...entries], 'minimize').kept)).toEqual([0, 1]);
    expect(pairedTests([cut, ...entries], 'minimize').because(2, '')).toMatch(
      /^1 setting has repeats that were stopped early\. The Wilcoxon/,
    );
    const one = pairedTests([...entries.slice(1), cut, { ...cut, name: 3 }], 'minimize');
    expect(namesOf(one.kept)).toEqual([1, 2]);
    expect(one.ended).toBeNull();
  });
});
