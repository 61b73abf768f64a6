import { describe, expect, it } from 'vitest';
import type { EngineOptions } from '../../../src/mlp/engine.js';
import { layerPlaces } from '../../../src/mlp/network-shape.js';
import { engineOptions, never, plainEngine, plainPlan, randomSamples, randomWeights } from '../engines.js';

const ROWS = 10;
const UPDATES = 12;
const RATE = 0.05;

type Changes = Partial<Omit<EngineOptions, 'shape'>>;

/** Weights after each of some full-batch updates. */
function trajectory(changes: Changes): Float64Array[] {
  const options = engineOptions({ hidden: [4, 3] }, { batchSize: ROWS, ...changes });
  const samples = randomSamples(options.shape, ROWS);
  const engine = plainEngine(options, samples);
  engine.start(randomWeights(options.shape, 'update'));
  const all = [engine.weights()];
  for (let k = 0; k < UPDATES; k++) {
    engine.trainEpoch(plainPlan(ROWS, ROWS, RATE), never);
    all.push(engine.weights());
  }
  return all;
}

/** The gradient at some weights: what plain descent at rate 1 takes off them. */
function gradientAt(weights: Float64Array): Float64Array {
  const options = engineOptions({ hidden: [4, 3] }, { batchSize: ROWS });
  const engine = plainEngine(options, randomSamples(options.shape, ROWS));
  engine.start(weights);
  engine.trainEpoch(plainPlan(ROWS, ROWS, 1), never);
  const after = engine.weights();
  return weights.map((weight, k) => weight - (after[k] ?? 0));
}

/** The same updates by a rule for one weight, written after the formulas; its memory starts at 0. */
function byRule(
  rule: (weight: number, gradient: number, memory: [number, number], update: number) => number,
): Float64Array[] {
  let weights = randomWeights(engineOptions({ hidden: [4, 3] }).shape, 'update');
  const memories = Array.from(weights, (): [number, number] => [0, 0]);
  const all = [weights];
  for (let k = 1; k <= UPDATES; k++) {
    const gradient = gradientAt(weights);
    weights = weights.map((w, i) => rule(w, gradient[i] ?? Number.NaN, memories[i] ?? [0, 0], k));
    all.push(weights);
  }
  return all;
}

function expectClose(actual: Float64Array[], expected: Float64Array[]): void {
  expected.forEach((weights, k) => {
    weights.forEach((weight, i) => {
      expect(actual[k]?.[i]).toBeCloseTo(weight, 11);
    });
  });
}

function adamStep(gradient: number, memory: [number, number], update: number): number {
  memory[0] = 0.9 * memory[0] + 0.1 * gradient;
  memory[1] = 0.999 * memory[1] + 0.001 * gradient * gradient;
  const first = memory[0] / (1 - 0.9 ** update);
  const second = memory[1] / (1 - 0.999 ** update);
  return first / (Math.sqrt(second) + 1e-8);
}

describe('an update', () => {
  it('by sgd adds momentum times the last step', () => {
    const expected = byRule((w, g, memory) => {
      memory[0] = 0.8 * memory[0] + g;
      return w - RATE * memory[0];
    });
    expectClose(trajectory({ optimizer: { kind: 'sgd', momentum: 0.8, nesterov: false } }), expected);
  });

  it('by sgd with Nesterov looks one step of momentum ahead', () => {
    const expected = byRule((w, g, memory) => {
      memory[0] = 0.8 * memory[0] + g;
      return w - RATE * (g + 0.8 * memory[0]);
    });
    expectClose(trajectory({ optimizer: { kind: 'sgd', momentum: 0.8, nesterov: true } }), expected);
  });

  it('by adam corrects the bias of both means', () => {
    const expected = byRule((w, g, memory, update) => w - RATE * adamStep(g, memory, update));
    expectClose(trajectory({ optimizer: { kind: 'adam' } }), expected);
  });

  it('by adamw takes weight decay off the weight and not through the means; biases do not decay', () => {
    const { shape } = engineOptions({ hidden: [4, 3] });
    const [first] = layerPlaces(shape);
    const [plain, decayed] = [0, 0.5].map((weightDecay) =>
      trajectory({ optimizer: { kind: 'adamw' }, weightDecay }),
    );
    const start = plain?.[0] ?? new Float64Array();
    start.forEach((weight, k) => {
      const isBias = layerPlaces(shape).some(({ biases, end }) => biases !== null && k >= biases && k < end);
      const pull = isBias ? 0 : RATE * 0.5 * weight;
      expect(decayed?.[1]?.[k]).toBeCloseTo((plain?.[1]?.[k] ?? Number.NaN) - pull, 12);
    });
    expect(first?.biases).toBe(12);
  });

  it('keeps the incoming weights of hidden units within the bound, and leaves short ones and outputs alone', () => {
    const bound = 0.9;
    const { shape } = engineOptions({ hidden: [4, 3] });
    const [free, bounded] = [0, bound].map((maxNorm) => trajectory({ maxNorm })[1] ?? new Float64Array());
    let shortened = 0;
    layerPlaces(shape).forEach((place, layer) => {
      for (let unit = 0; unit < place.outputs; unit++) {
        const incoming = Array.from(
          { length: place.inputs },
          (_, i) => place.weights + i * place.outputs + unit,
        );
        const norm = Math.sqrt(incoming.reduce((sum, k) => sum + (free?.[k] ?? 0) ** 2, 0));
        const factor = layer < 2 && norm > bound ? bound / norm : 1;
        if (factor < 1) shortened += 1;
        for (const k of incoming) expect(bounded?.[k]).toBeCloseTo((free?.[k] ?? Number.NaN) * factor, 12);
      }
    });
    expect(shortened).toBeGreaterThan(0);
  });

  it('of a batch that does not divide the rows is the mean over what is left', () => {
    const options = engineOptions({}, { batchSize: 4 });
    const samples = randomSamples(options.shape, 6);
    const engine = plainEngine(options, samples);
    const weights = randomWeights(options.shape, 'rest');
    const last = { rows: 2, inputs: samples.inputs.slice(12), targets: samples.targets.slice(4) };
    engine.start(weights);
    engine.trainEpoch({ ...plainPlan(6, 4, 0), rates: Float64Array.of(0, 1) }, never);
    const alone = plainEngine(options, last);
    alone.start(weights);
    alone.trainEpoch(plainPlan(2, 4, 1), never);
    expect(engine.weights()).toEqual(alone.weights());
  });
});

describe('an engine', () => {
  it('goes on from its state with the same bits', () => {
    const options = engineOptions({}, { optimizer: { kind: 'adam' }, dropout: 0.3 });
    const samples = randomSamples(options.shape, 23);
    const engine = plainEngine(options, samples);
    engine.start(randomWeights(options.shape, 'state'));
    engine.trainEpoch(plainPlan(23, 5, 0.01, 1), never);
    const state = engine.state();
    engine.trainEpoch(plainPlan(23, 5, 0.01, 2), never);
    const other = plainEngine(options, samples);
    other.restore(state);
    other.trainEpoch(plainPlan(23, 5, 0.01, 2), never);
    expect(other.state()).toEqual(engine.state());
  });

  it('refuses the state of another network', () => {
    const options = engineOptions();
    const engine = plainEngine(options, randomSamples(options.shape, 3));
    expect(() => engine.restore(new Float64Array(1000))).toThrow('1000 numbers');
    expect(() => engine.restore(new Float64Array(3))).toThrow('3 numbers');
  });

  it('refuses a network that it has no room for before it starts, and says what to lower', () => {
    const options = engineOptions({ hidden: [65536, 65536] });
    expect(() => plainEngine(options, randomSamples(options.shape, 3))).toThrow(/Lower `hidden`/);
  });

  it('stops inside an epoch, and inside a measurement', () => {
    const options = engineOptions({}, { batchSize: 100 });
    const samples = randomSamples(options.shape, 1000);
    const engine = plainEngine(options, samples);
    let asked = 0;
    const afterThree = (): boolean => ++asked > 3;
    expect(engine.trainEpoch(plainPlan(1000, 100, 0.1), afterThree)).toBeNull();
    asked = 0;
    expect(engine.measure('train', afterThree)).toBeNull();
  });
});
