import type { Parameters } from '../../src/campaign/parameters.js';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { functions } from './functions.js';
import type { ResultTable } from './result-table.js';

/** What the methods minimise. */
export interface BenchCase {
  readonly name: string;
  readonly space: SearchSpace;
  /** The standard deviation of the noise of a function; 0 for a table, whose repeats differ. */
  readonly noise: number;
  /** The table that is looked up; null for a function. */
  readonly table: ResultTable | null;
  /** What a trial of the setting shows: evaluation number `visit` (from 0) of the setting in the search of a seed. */
  observe(setting: Parameters, seed: number, visit: number): number;
  /** How good the setting is: the value without noise, or the mean over the repeats of the table. */
  truth(setting: Parameters): number;
}

/** The standard deviations of the noise, about a tenth of the difference between a random value and the best one. */
const NOISY = { branin: 5, hartmann: 0.25, mixed: 0.4, conditional: 0.2 } as const;

function functionCase(name: string, noise: number): BenchCase {
  const one = functions[name];
  if (one === undefined) throw new Error(`there is no function ${name}`);
  const { space, value } = one;
  return {
    name: noise > 0 ? `${name} with noise` : name,
    space,
    noise,
    table: null,
    truth: value,
    observe(setting, seed, visit) {
      if (noise === 0) return value(setting);
      return (
        value(setting) + noise * keyedStream('bench noise', JSON.stringify(setting), seed, visit).normal()
      );
    },
  };
}

export const functionCases: readonly BenchCase[] = [
  ...Object.keys(functions).map((name) => functionCase(name, 0)),
  ...Object.entries(NOISY).map(([name, noise]) => functionCase(name, noise)),
];

/** A case that looks results up: a trial shows one repeat of the table, the next trial of the setting the next. */
export function tableCase(name: string, table: ResultTable): BenchCase {
  const { space, repeats } = table;
  return {
    name,
    space,
    noise: 0,
    table,
    observe: (setting, seed, visit) => table.best(setting, (seed + visit) % repeats),
    truth: (setting) =>
      Array.from({ length: repeats }, (_, repeat) => table.best(setting, repeat)).reduce((a, b) => a + b, 0) /
      repeats,
  };
}
