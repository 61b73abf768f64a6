import { fillValues } from '../data/prepare/preparation.js';
import { meanAnswers } from './committee/mean-answers.js';
import { compiledKernel } from './compiled-kernel.js';
import { logitsByParts } from './forward.js';
import { networkWeights, type SavedNetwork } from './network-file.js';

/**
 * What a network answers to rows of inputs as a data set has them (rows x inputs: numbers as read, categories
 * encoded, NaN where a cell is to be filled). The network's own preparation fills and standardises them.
 *
 * Returns, for classes, rows x classes: probabilities after cross-entropy, or with squared error what the
 * outputs say, from 0 to 1 (of two classes, 1 - p and p). For numbers one value a row, in the target's units. A
 * committee answers with the mean over its networks.
 * A missing cell that nothing stands in for gives NaN.
 */
export function predictorOf(network: SavedNetwork): (x: Float64Array) => Float64Array {
  const { shape, preparation } = network;
  const { mean, scale, target } = preparation;
  const prepared = { fill: fillValues(preparation), mean, scale };
  const kernel = compiledKernel();
  const sumsOf = networkWeights(network).map((weights) =>
    logitsByParts(kernel, { ...network, weights }, prepared),
  );
  return (x) => {
    const values = meanAnswers(
      sumsOf.map((sums) => sums(x)),
      shape,
    );
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
