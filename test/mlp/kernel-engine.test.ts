import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset.js';
import { compiledKernel } from '../../src/mlp/compiled-kernel.js';
import type { Engine, EngineMeasurement, EngineOptions, EngineParts } from '../../src/mlp/engine.js';
import { kernelEngines } from '../../src/mlp/kernel-engine.js';
import type { NetworkShape } from '../../src/mlp/network-shape.js';
import { trialDataOf } from '../../src/mlp/trial-data.js';
import { keyedStream, shuffle } from '../../src/numeric/keyed-stream.js';
import { dataSetOf } from './data-set-of.js';
import { engineOptions, never, randomWeights } from './engines.js';
import { kernelMasks } from './oracle/kernel-masks.js';
import { PlainEngine, preparedSets } from './oracle/plain-engine.js';

const createEngine = kernelEngines(compiledKernel());
const UPDATES = 50;

type Ending = Pick<NetworkShape, 'output' | 'outputs'> & { readonly classes: number | null };

const endings: readonly Ending[] = [
  { output: 'softmax', outputs: 2, classes: 2 },
  { output: 'softmax', outputs: 5, classes: 5 },
  { output: 'sigmoid', outputs: 1, classes: 2 },
  { output: 'sigmoid', outputs: 3, classes: 3 },
  { output: 'identity', outputs: 1, classes: null },
];

/** Rows with a hole here and there, far from the origin, whose middle third is the training part or so. */
function madeUp(inputs: number, rows: number, classes: number | null, seed: number): Dataset {
  const stream = keyedStream('engine', seed);
  const x = Array.from({ length: rows }, () =>
    Array.from({ length: inputs }, (_, k) => (stream.below(20) === 0 ? Number.NaN : 5 * k + stream.normal())),
  );
  const y = x.map((_, row) => (classes === null ? 40 + 3 * stream.normal() : row % classes));
  const dataset = dataSetOf(x, y, classes === null ? {} : { classes });
  return { ...dataset, fills: dataset.columns.map(() => 'mean') };
}

const anyTraining = fc
  .record({
    ending: fc.constantFrom(...endings),
    inputs: fc.integer({ min: 1, max: 20 }),
    hidden: fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 3 }),
    activation: fc.constantFrom('relu' as const, 'tanh' as const, 'sigmoid' as const),
    bias: fc.boolean(),
    optimizer: fc.constantFrom(
      { kind: 'sgd', momentum: 0, nesterov: false } as const,
      { kind: 'sgd', momentum: 0.9, nesterov: true } as const,
      { kind: 'adam' } as const,
      { kind: 'adamw' } as const,
    ),
    batchSize: fc.constantFrom(1, 7, 16, 1000),
    reduction: fc.constantFrom('mean' as const, 'sum' as const),
    weightDecay: fc.constantFrom(0, 0.01),
    maxNorm: fc.constantFrom(0, 1.25),
    dropout: fc.constantFrom(0, 0.3, 0.5),
    inputDropout: fc.constantFrom(0, 0.2),
    labelSmoothing: fc.constantFrom(0, 0.1),
    weighted: fc.boolean(),
    rows: fc.integer({ min: 12, max: 60 }),
    seed: fc.nat(1_000_000),
  })
  .map(({ ending, inputs, hidden, activation, bias, weighted, rows, seed, ...rest }) => {
    const { classes, ...end } = ending;
    const isClass = classes !== null;
    const options: EngineOptions = engineOptions(
      { inputs, hidden, activation, bias, ...end },
      {
        ...rest,
        labelSmoothing: isClass ? rest.labelSmoothing : 0,
        classWeights: isClass && weighted ? Float64Array.from({ length: classes }, (_, k) => 0.5 + k) : null,
      },
    );
    const { training, validation } = trialDataOf(madeUp(inputs, rows, classes, seed))({
      seed,
      repeat: 1,
      onAll: false,
    });
    const parts: EngineParts = { train: training, ...(validation && { val: validation }) };
    return { options, parts, seed };
  });

interface Course {
  readonly objectives: readonly number[];
  readonly measured: EngineMeasurement | null;
  readonly weights: Float64Array;
}

/** Some fifty updates, the batches shuffled and the rate falling, and then a look at the validation part. */
function course(engine: Engine, options: EngineOptions, parts: EngineParts, seed: number): Course {
  const { shape, batchSize } = options;
  const rows = parts.train.places.length;
  const batches = Math.ceil(rows / batchSize);
  engine.start(randomWeights(shape, seed).map((weight) => weight / Math.sqrt(shape.inputs)));
  const objectives: number[] = [];
  for (let epoch = 1; objectives.length * batches < UPDATES; epoch++) {
    const order = Uint32Array.from({ length: rows }, (_, row) => row);
    const plan = {
      order: batches === 1 ? null : shuffle(order, keyedStream(seed, epoch)),
      rates: new Float64Array(batches).fill(0.01 / epoch / (options.reduction === 'sum' ? batchSize : 1)),
      masks: [seed, 0, 0, epoch] as const,
    };
    objectives.push(engine.trainEpoch(plan, never) ?? Number.NaN);
  }
  return { objectives, measured: engine.measure('val', never), weights: engine.weights() };
}

/** The largest distance of numbers, as a share of the largest of them. */
function apart(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 1e-300;
  let distance = 0;
  for (let k = 0; k < expected.length; k++) {
    const [a = Number.NaN, b = Number.NaN] = [found[k], expected[k]];
    largest = Math.max(largest, Math.abs(b));
    distance = Math.max(distance, Number.isNaN(a - b) ? Number.POSITIVE_INFINITY : Math.abs(a - b));
  }
  return distance / largest;
}

describe('the engine on the kernel', () => {
  it.each([
    ['f64', 1e-11],
    ['f32', 1e-3],
  ] as const)('does what the plain engine does, whatever it is asked, in %s', (precision, bound) => {
    fc.assert(
      fc.property(anyTraining, ({ options, parts, seed }) => {
        const shares = [options.inputDropout, ...options.shape.hidden.map(() => options.dropout)];
        const plain = new PlainEngine(options, preparedSets(parts), kernelMasks(shares));
        const expected = course(plain, options, parts, seed);
        const kernel = createEngine({ ...options, precision }, parts);
        const found = course(kernel, options, parts, seed);
        expect(apart(found.weights, expected.weights)).toBeLessThan(bound);
        expect(apart(found.objectives, expected.objectives)).toBeLessThan(bound);
        const losses = [found, expected].map(({ measured }) => measured?.loss ?? Number.NaN);
        expect(Math.abs((losses[0] ?? 0) - (losses[1] ?? 0))).toBeLessThan(bound * (1 + (losses[1] ?? 0)));
        if (precision === 'f64') expect(found.measured?.correct).toBe(expected.measured?.correct);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('refuses a network that it has no room for before it starts, and says what to lower', () => {
    const options = engineOptions({ hidden: [65536, 65536] });
    const { training } = trialDataOf(madeUp(3, 20, 3, 1))({ seed: 1, repeat: 1, onAll: false });
    expect(() => createEngine(options, { train: training })).toThrow(
      expect.objectContaining({ code: 'NETWORK_TOO_LARGE', message: expect.stringMatching(/lower/) }),
    );
  });

  it('stops inside an epoch, and inside a measurement', () => {
    const options = engineOptions({ hidden: [2000, 2000] }, { batchSize: 100, precision: 'f32' });
    const { training } = trialDataOf(madeUp(3, 1000, 3, 1))({ seed: 1, repeat: 1, onAll: false });
    const rows = training.places.length;
    const engine = createEngine(options, { train: training });
    const rates = new Float64Array(Math.ceil(rows / 100)).fill(0.01);
    let asked = 0;
    const afterThree = (): boolean => ++asked > 3;
    expect(engine.trainEpoch({ order: null, rates, masks: [0, 0, 0, 0] }, afterThree)).toBeNull();
    asked = 0;
    expect(engine.measure('train', afterThree)).toBeNull();
  });
});
