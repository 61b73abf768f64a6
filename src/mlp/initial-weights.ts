import { keyedStream } from '../numeric/keyed-stream.js';
import type { MlpParameters } from './mlp-parameters.js';
import { layerPlaces, type NetworkShape, weightCount } from './network-shape.js';
import { initialDraw, roleOf } from './parametrization.js';

/**
 * The weights that a network starts from, in the order of `layerPlaces`; biases are 0. Each layer has a
 * stream of its own, keyed by (seed, repeat, layer), so that a repeat means the same for every setting.
 *
 * `glorot`: uniform with variance 2 / (inputs + outputs) (Glorot and Bengio 2010); `he`: normal with variance
 * 2 / inputs (He et al. 2015); a number r: uniform in [-r, r). With `mup` they are multiplied by a factor of the layer.
 */
export function initialWeights(
  shape: NetworkShape,
  { init, parametrization }: Pick<MlpParameters, 'init' | 'parametrization'>,
  seed: number,
  repeat: number,
): Float64Array {
  const weights = new Float64Array(weightCount(shape));
  layerPlaces(shape).forEach((place, layer, { length }) => {
    const stream = keyedStream(seed, 'init', repeat, layer);
    const { inputs, outputs, factor } = initialDraw(parametrization, place, roleOf(layer, length));
    const deviation = factor * Math.sqrt(2 / inputs);
    const range = factor * (init === 'glorot' ? Math.sqrt(6 / (inputs + outputs)) : init === 'he' ? 0 : init);
    for (let k = 0; k < place.inputs * place.outputs; k++) {
      weights[place.weights + k] =
        init === 'he' ? deviation * stream.normal() : range * (2 * stream.uniform() - 1);
    }
  });
  return weights;
}
