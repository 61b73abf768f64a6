import { describe, expect, it } from 'vitest';
import type { PlannedGrowth } from '../../src/campaign/plan.js';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { type TableSpace, tableSpace } from '../../src/compare/table-space.js';

const growth: PlannedGrowth = {
  ...{ parameter: 'hidden', sizes: [4, 8, 16], metric: 'train_accuracy', goal: 'maximize' },
  ...{ repeats: 3, quorum: 2, open: null, until: null },
};
const values = (...list: number[]) => ({ kind: 'values', values: list, probabilities: null }) as const;
const space: SearchSpace = {
  hidden: values(4, 8, 16),
  dropout: values(0, 0.5),
  learning_rate: { kind: 'log_uniform_values', min: 0.001, max: 0.1 },
  batch_size: values(8, 16, 32, 64),
  epochs: { kind: 'fixed', value: 10 },
};
const options = { space, growth, off: { dropout: 0 }, maxSettings: 30, seed: 1, allows: () => true };

/** A table of results that fits. */
function tableOf(given: Parameters<typeof tableSpace>[0]): TableSpace {
  const table = tableSpace(given);
  if ('combinations' in table) throw new RangeError(`${table.combinations} combinations`);
  return table;
}

describe('the settings of a table', () => {
  it('are the grid of the space if that is small enough', () => {
    const listed = { ...space, learning_rate: values(0.01, 0.1), batch_size: values(8, 16) };
    const table = tableOf({ ...options, space: listed });
    expect(table.settings.length).toBe(24);
    expect(table.draws).toBeNull();
  });

  it('are all sizes and rates with as many Sobol points of the other parameters as there is room for', () => {
    const table = tableOf(options);
    expect(table).toMatchObject({ draws: 5, whole: null });
    const listed = { ...space, learning_rate: values(0.01, 0.1) };
    expect(tableOf({ ...options, space: listed })).toMatchObject({ draws: 5, whole: 48 });
    expect(table.settings.length).toBe(30);
    const [first] = table.settings;
    expect(Object.keys(first ?? {})).toEqual(Object.keys(space));
    expect(table.settings.filter(({ hidden }) => hidden === 4)).toHaveLength(10);
  });

  it('allow exactly themselves, and parts of themselves', () => {
    const table = tableOf(options);
    const [first = {}] = table.settings;
    expect(table.allows(first)).toBe(true);
    expect(table.allows({ ...first, hidden: 5 })).toBe(false);
    const { learning_rate = 0, batch_size = 0 } = first;
    expect(table.allows({ learning_rate, batch_size })).toBe(true);
    expect(table.allows({ learning_rate: 1 })).toBe(false);
  });

  it('have the first sizes of an open range, and rates in the middle of equal shares of a range', () => {
    const open = {
      ...growth,
      sizes: [4],
      open: { step: { kind: 'times', by: 2 }, resolution: null },
    } as const;
    const ranged: SearchSpace = {
      hidden: { kind: 'open', from: 4, step: { kind: 'times', by: 2 } },
      dropout: { kind: 'uniform', min: 0, max: 0.8 },
    };
    const table = tableOf({ ...options, space: ranged, growth: open, maxSettings: 100 });
    expect(new Set(table.settings.map(({ hidden }) => hidden))).toEqual(
      new Set([4, 8, 16, 32, 64, 128, 256, 512]),
    );
    expect(new Set(table.settings.map(({ dropout }) => dropout))).toEqual(new Set([0, 0.1, 0.3, 0.5, 0.7]));
  });

  it('do not exist if sizes and rates alone are too many', () => {
    expect(tableSpace({ ...options, maxSettings: 5 })).toEqual({ combinations: 6 });
  });
});
