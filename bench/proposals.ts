/**
 * The processor time of a proposal of `tpe` after 100, 1,000, 10,000 and 100,000 settled trials, in milliseconds, on a
 * space of five parameters and on one of twenty.
 */
import type { Domain } from '../src/campaign/domain.js';
import { drawSetting, type SearchSpace } from '../src/campaign/search-space.js';
import { axesOf, coordinatesOf, settingAt } from '../src/methods/tpe/coordinates.js';
import { type Observed, propose } from '../src/methods/tpe/propose.js';
import { keyedStream } from '../src/numeric/keyed-stream.js';

/** Proposals to take the time of, after as many to warm up. */
const PROPOSALS = 40;

const FIVE: SearchSpace = {
  hidden: { kind: 'int_uniform', min: 2, max: 4096 },
  layers: { kind: 'int_uniform', min: 1, max: 6 },
  optimizer: { kind: 'values', values: ['sgd', 'adam', 'adamw'], probabilities: null },
  learning_rate: { kind: 'log_uniform_values', min: 1e-5, max: 1 },
  dropout: { kind: 'uniform', min: 0, max: 0.9 },
};
const TWENTY: SearchSpace = Object.fromEntries(
  Array.from({ length: 20 }, (_, i): [string, Domain] => [`x${i}`, { kind: 'uniform', min: 0, max: 1 }]),
);

/** Settings at random with a loss: the distance of their coordinates to 0.3. */
function observe(space: SearchSpace, count: number): Observed[] {
  const axes = axesOf(space);
  return Array.from({ length: count }, (_, index) => {
    const point = coordinatesOf(axes, drawSetting(space, 1, index));
    return { point, score: point.reduce((sum, at) => sum + (at - 0.3) * (at - 0.3), 0) };
  });
}

for (const [name, space] of [
  ['5 parameters', FIVE],
  ['20 parameters', TWENTY],
] as const) {
  const axes = axesOf(space);
  for (const count of [100, 1_000, 10_000, 100_000]) {
    const observed = observe(space, count);
    const proposeAll = (): void => {
      for (let round = 0; round < PROPOSALS; round++) {
        const [point = []] = propose(axes, observed, 'minimize', keyedStream('bench', round));
        settingAt(space, axes, point);
      }
    };
    proposeAll();
    const before = process.cpuUsage();
    proposeAll();
    const milliseconds = process.cpuUsage(before).user / 1000 / PROPOSALS;
    console.log(`${name.padEnd(13)} ${String(count).padStart(6)} settled: ${milliseconds.toFixed(2)} ms`);
  }
}
