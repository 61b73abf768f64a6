import { fillValues } from '../data/prepare/preparation.js';
import { answer } from './activation.js';
import { compiledKernel } from './compiled-kernel.js';
import { logitsByParts } from './forward.js';
import type { SavedNetwork } from './network-file.js';

/**
 * What a network answers to rows of inputs as a data set has them (rows x inputs: numbers as read, categories
 * encoded, NaN where a cell is to be filled). The network's own preparation fills and standardises them.
 *
 * Returns, for classes, rows x classes: probabilities after cross-entropy, or with squared error what the
 * outputs say, from 0 to 1 (of two classes, 1 - p and p). For numbers one value a row, in the target's units.
 * A missing cell that nothing stands in for gives NaN.
 */
export function predictorOf(network: SavedNetwork): (x: Float64Array) => Float64Array {
  const { shape, preparation } = network;
  const { mean, scale, target } = preparation;
  const sumsOf = logitsByParts(compiledKernel(), network, { fill: fillValues(preparation), mean, scale });
  return (x) => {
    const values = sumsOf(x);
    answer(shape.output, values, values.length / shape.outputs, shape.outputs);
    switch (target.kind) {
      case 'number':
        return values.map((value) => target.mean + target.deviation * value);
      case 'class':
        return shape.outputs === 1 ? bothClasses(values) : values;
      default:
        return target satisfies never;
    }
  };
}

function bothClasses(second: Float64Array): Float64Array {
  const both = new Float64Array(second.length * 2);
  second.forEach((value, row) => {
    both[row * 2] = 1 - value;
    both[row * 2 + 1] = value;
  });
  return both;
}
