import type { Optimizer } from '../../../src/kernel/network-options.js';
import type { EngineOptions } from '../../../src/mlp/engine.js';
import type { LayerPlace } from '../../../src/mlp/network-shape.js';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** What an optimiser remembers between updates. */
export interface Memory {
  /** beta1 and beta2 to the power of the number of updates. */
  readonly powers: Float64Array;
  /** Mean of the gradients, or with sgd the velocity; as long as the weights. */
  readonly first: Float64Array;
  /** Mean of their squares; empty with sgd. */
  readonly second: Float64Array;
}

/** A fresh memory for so many weights. */
export function freshMemory(optimizer: Optimizer, weights: number): Memory {
  return {
    powers: Float64Array.of(1, 1),
    first: new Float64Array(weights),
    second: new Float64Array(optimizer.kind === 'sgd' ? 0 : weights),
  };
}

/** Takes one step. The gradient is spoilt by it. */
export function update(
  options: EngineOptions,
  places: readonly LayerPlace[],
  weights: Float64Array,
  gradient: Float64Array,
  memory: Memory,
  rate: number,
): void {
  if (options.weightDecay > 0) decay(options, places, weights, gradient, rate);
  const { optimizer } = options;
  switch (optimizer.kind) {
    case 'sgd':
      sgd(weights, gradient, memory, rate, optimizer.momentum, optimizer.nesterov);
      break;
    case 'adam':
    case 'adamw':
      adam(weights, gradient, memory, rate);
      break;
    default:
      optimizer satisfies never;
  }
  if (options.maxNorm > 0) {
    for (const place of places.slice(0, -1)) boundNorms(place, weights, options.maxNorm);
  }
}

/** Weight decay, on weights and not on biases: into the gradient, or with adamw straight off the weight. */
function decay(
  options: EngineOptions,
  places: readonly LayerPlace[],
  weights: Float64Array,
  gradient: Float64Array,
  rate: number,
): void {
  const apart = options.optimizer.kind === 'adamw';
  const kept = 1 - rate * options.weightDecay;
  for (const place of places) {
    const end = place.weights + place.inputs * place.outputs;
    for (let k = place.weights; k < end; k++) {
      if (apart) weights[k] = (weights[k] as number) * kept;
      else gradient[k] = (gradient[k] as number) + options.weightDecay * (weights[k] as number);
    }
  }
}

/** Stochastic gradient descent; Nesterov's momentum in the form of Sutskever et al. 2013. */
function sgd(
  weights: Float64Array,
  gradient: Float64Array,
  memory: Memory,
  rate: number,
  momentum: number,
  nesterov: boolean,
): void {
  const velocity = memory.first;
  for (let k = 0; k < weights.length; k++) {
    const g = gradient[k] as number;
    const v = momentum * (velocity[k] as number) + g;
    velocity[k] = v;
    weights[k] = (weights[k] as number) - rate * (nesterov ? g + momentum * v : v);
  }
}

function adam(weights: Float64Array, gradient: Float64Array, memory: Memory, rate: number): void {
  const { powers, first, second } = memory;
  const power1 = (powers[0] as number) * BETA_1;
  const power2 = (powers[1] as number) * BETA_2;
  powers[0] = power1;
  powers[1] = power2;
  const step = rate / (1 - power1);
  const root = Math.sqrt(1 - power2);
  for (let k = 0; k < weights.length; k++) {
    const g = gradient[k] as number;
    const m = BETA_1 * (first[k] as number) + (1 - BETA_1) * g;
    const v = BETA_2 * (second[k] as number) + (1 - BETA_2) * g * g;
    first[k] = m;
    second[k] = v;
    weights[k] = (weights[k] as number) - (step * m) / (Math.sqrt(v) / root + EPSILON);
  }
}

/** Shortens the incoming weights of each unit to the bound (Srivastava et al. 2014, section 5.1). */
function boundNorms(place: LayerPlace, weights: Float64Array, bound: number): void {
  for (let j = 0; j < place.outputs; j++) {
    let squares = 0;
    for (let i = 0; i < place.inputs; i++) {
      const w = weights[place.weights + i * place.outputs + j] as number;
      squares += w * w;
    }
    if (squares <= bound * bound) continue;
    const factor = bound / Math.sqrt(squares);
    for (let i = 0; i < place.inputs; i++) {
      const k = place.weights + i * place.outputs + j;
      weights[k] = (weights[k] as number) * factor;
    }
  }
}
