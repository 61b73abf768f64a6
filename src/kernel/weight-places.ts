import type { LayerPlan } from './memory-plan.js';

/**
 * Copies one of a layer's arrays of weights, which stand in panels, from or to a flat array in which the weight
 * from input i to output j stands at `at + i * outputs + j`. Returns the place behind the last.
 */
export function copyWeights(
  direction: 'out' | 'in',
  memory: Float32Array | Float64Array,
  address: number,
  layer: LayerPlan,
  flat: Float64Array,
  at: number,
): number {
  const perLine = 64 / memory.BYTES_PER_ELEMENT;
  const start = address / memory.BYTES_PER_ELEMENT;
  const { inputs, outputs, inputsPadded } = layer;
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) {
      const panel = Math.floor(j / perLine);
      const place = start + (panel * inputsPadded + i) * perLine + (j - panel * perLine);
      const flatPlace = at + i * outputs + j;
      if (direction === 'out') flat[flatPlace] = memory[place] as number;
      else memory[place] = flat[flatPlace] as number;
    }
  }
  return at + inputs * outputs;
}

/** Copies an array of one number an output likewise. */
export function copyBiases(
  direction: 'out' | 'in',
  memory: Float32Array | Float64Array,
  address: number,
  layer: LayerPlan,
  flat: Float64Array,
  at: number,
): number {
  const start = address / memory.BYTES_PER_ELEMENT;
  for (let j = 0; j < layer.outputs; j++) {
    if (direction === 'out') flat[at + j] = memory[start + j] as number;
    else memory[start + j] = flat[at + j] as number;
  }
  return at + layer.outputs;
}
