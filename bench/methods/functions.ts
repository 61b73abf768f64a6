import type { Parameters } from '../../src/campaign/parameters.js';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { cos, log } from '../../src/numeric/elementary.js';

/** A function to minimise. `bench/methods/optuna_side.py` has the same functions. */
interface BenchFunction {
  readonly space: SearchSpace;
  readonly value: (setting: Parameters) => number;
}

const uniform = (min: number, max: number) => ({ kind: 'uniform', min, max }) as const;
const listed = (...values: string[]) => ({ kind: 'values', values, probabilities: null }) as const;
const numbered = (count: number, min: number, max: number): SearchSpace =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, uniform(min, max)]));

/** Constants of Hartmann 6 (Dixon and Szego 1978), as in the Virtual Library of Simulation Experiments. */
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];
const HARTMANN_ALPHA = [1, 1.2, 3, 3.2];

const squared = (x: number): number => x * x;
const logOf = (value: unknown): number => log(Number(value)) / Math.LN10;

/** Functions of the field, one with parameters of several kinds, and one with conditions. */
export const functions: Readonly<Record<string, BenchFunction>> = {
  branin: {
    space: { x: uniform(-5, 10), y: uniform(0, 15) },
    value({ x, y }) {
      const [a, b] = [Number(x), Number(y)];
      const bowl = b - (5.1 / (4 * Math.PI * Math.PI)) * a * a + (5 / Math.PI) * a - 6;
      return bowl * bowl + 10 * (1 - 1 / (8 * Math.PI)) * cos(a) + 10;
    },
  },
  mixed: {
    space: {
      kind: listed('a', 'b', 'c', 'd'),
      x: uniform(-2, 2),
      rate: { kind: 'log_uniform_values', min: 1e-5, max: 1 },
      width: { kind: 'int_uniform', min: 4, max: 64 },
    },
    value({ kind, x, rate, width }) {
      const shift = { a: 0, b: 0.5, c: 1.5, d: 3 }[String(kind)] ?? 0;
      return (
        shift + 4 * squared(Number(x) - 0.7) + squared(logOf(rate) + 2.5) + Math.abs(Number(width) - 24) / 16
      );
    },
  },
  conditional: {
    space: {
      optimizer: listed('sgd', 'adam', 'adamw'),
      rate: { kind: 'log_uniform_values', min: 1e-6, max: 1 },
      momentum: { ...uniform(0, 0.99), when: { optimizer: ['sgd'] } },
      beta: { ...uniform(0.5, 0.999), when: { optimizer: ['adam', 'adamw'] } },
    },
    value({ optimizer, rate, momentum, beta }) {
      if (optimizer === 'sgd') return 0.2 + squared(logOf(rate) + 1) + 4 * squared(Number(momentum) - 0.9);
      const more = optimizer === 'adam' ? 0.3 : 0;
      return 0.4 + squared(logOf(rate) + 3) + 2 * squared(Number(beta) - 0.95) + more;
    },
  },
  rosenbrock: {
    space: numbered(4, -2, 2),
    value(setting) {
      const x = Array.from({ length: 4 }, (_, i) => Number(setting[`x${i}`]));
      return x
        .slice(0, 3)
        .reduce((sum, at, i) => sum + 100 * squared((x[i + 1] ?? 0) - at * at) + squared(1 - at), 0);
    },
  },
  hartmann: {
    space: numbered(6, 0, 1),
    value(setting) {
      return -HARTMANN_ALPHA.reduce((sum, alpha, k) => {
        const exponent = (HARTMANN_A[k] ?? []).reduce(
          (inner, a, i) => inner + a * squared(Number(setting[`x${i}`]) - (HARTMANN_P[k]?.[i] ?? 0)),
          0,
        );
        return sum + alpha * Math.E ** -exponent;
      }, 0);
    },
  },
};
