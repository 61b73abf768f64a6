import type { RateFactors } from '../kernel/network-options.js';
import type { LayerPlace } from './network-shape.js';

/** The width at which networks under `mup` are those of the standard parametrization. */
const BASE_WIDTH = 64;

/**
 * How initial weights and learning rates depend on the widths of hidden layers.
 * - `standard`: as `init` says, and one learning rate for all layers;
 * - `mup`: the maximal update parametrization (Yang et al. 2022, "Tensor Programs V: Tuning Large Neural Networks via
 *   Zero-Shot Hyperparameter Transfer", arXiv 2203.03466, table 3), made so that a learning rate that is good at one
 *   width is good at others. It starts from the standard parametrization of a network whose hidden layers all have 64
 *   units. With r, the inputs of a layer over 64, output weights start 1/r times as large, and hidden weights 1/sqrt(r)
 *   times.
 */
export type Parametrization = 'standard' | 'mup';

/** How the initial weights of a layer are drawn: as if it had these sides, and then multiplied. */
export interface InitialDraw {
  readonly inputs: number;
  readonly outputs: number;
  readonly factor: number;
}

export function initialDraw(
  parametrization: Parametrization,
  { inputs, outputs }: LayerPlace,
  { isFirst, isLast }: LayerRole,
): InitialDraw {
  if (parametrization === 'standard') return { inputs, outputs, factor: 1 };
  const ratio = isFirst ? 1 : inputs / BASE_WIDTH;
  return {
    inputs: isFirst ? inputs : BASE_WIDTH,
    outputs: isLast ? outputs : BASE_WIDTH,
    factor: isLast ? 1 / ratio : 1 / Math.sqrt(ratio),
  };
}

/** Whether a layer is the one after the inputs, and whether it is the one of the outputs. */
export interface LayerRole {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The role of a layer, counted from 0, in a network with this number of layers. */
export const roleOf = (layer: number, layers: number): LayerRole => ({
  isFirst: layer === 0,
  isLast: layer === layers - 1,
});

/**
 * Factors of the learning rate of each layer; undefined for one rate. By table 3: with sgd, output weights learn at
 * 1/inputs, and what follows the inputs, like all biases of hidden units, at the number of outputs; with adam, all
 * weights behind a hidden layer learn at 1/inputs. All are relative to 64 units.
 */
export function rateFactors(
  parametrization: Parametrization,
  places: readonly LayerPlace[],
  optimizer: 'sgd' | 'adam' | 'adamw',
): readonly RateFactors[] | undefined {
  if (parametrization === 'standard') return undefined;
  return places.map(({ inputs, outputs }, layer) => {
    const { isFirst, isLast } = roleOf(layer, places.length);
    const before = isFirst ? 1 : inputs / BASE_WIDTH;
    const own = isLast ? 1 : outputs / BASE_WIDTH;
    if (optimizer !== 'sgd') return { weights: 1 / before, biases: 1 };
    return { weights: isFirst ? own : isLast ? 1 / before : own / before, biases: own };
  });
}
