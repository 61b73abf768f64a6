import type { NetworkHealth } from '../../campaign/outcome.js';
import { layerHealth } from '../../evaluation/layer-health.js';
import type { Kernel } from '../../kernel/kernel.js';
import { plainLoss } from '../activation.js';
import { hiddenLayer, logits, type TrainedWeights } from '../forward.js';
import { initialWeights } from '../initial-weights.js';
import type { MlpTrial } from '../trial/mlp-trial.js';
import { rowSetOf, type TrialPart } from '../trial-part.js';

/** Rows that are enough to see what units do. */
const MAX_ROWS = 500;

/**
 * What is going on inside a network that is done: units that do nothing, units that do the same, the scale of its
 * inputs, and the loss that it started with. Measured on training rows, spread evenly.
 */
export function networkHealth(
  kernel: Kernel,
  network: TrainedWeights,
  { data: { training }, parameters }: Pick<MlpTrial, 'data' | 'parameters'>,
  { seed, repeat }: { readonly seed: number; readonly repeat: number },
): NetworkHealth {
  const part = someOf(training);
  const { shape } = network;
  const layers = shape.hidden.map((units, layer) =>
    layerHealth(shape.activation, hiddenLayer(kernel, network, rowSetOf(part), layer), units),
  );
  const weights = initialWeights(shape, parameters, seed, repeat);
  const firstLoss = shape.output === 'softmax' ? meanLoss(kernel, { ...network, weights }, part) : null;
  return { layers, inputs: inputScale(part), firstLoss };
}

function someOf(training: TrialPart): TrialPart {
  const count = training.places.length;
  if (count <= MAX_ROWS) return training;
  const rows = Array.from({ length: MAX_ROWS }, (_, k) => Math.floor((k * count) / MAX_ROWS));
  return {
    ...training,
    places: Int32Array.from(rows, (row) => training.places[row] ?? 0),
    targets: Float64Array.from(rows, (row) => training.targets[row] ?? 0),
  };
}

function meanLoss(kernel: Kernel, network: TrainedWeights, part: TrialPart): number | null {
  const { outputs, output } = network.shape;
  const answers = logits(kernel, network, rowSetOf(part));
  let sum = 0;
  part.targets.forEach((target, row) => {
    sum += plainLoss(output, answers, row * outputs, outputs, target);
  });
  const loss = sum / part.targets.length;
  return Number.isFinite(loss) ? loss : null;
}

function inputScale({ dataset, preparation, places }: TrialPart): NetworkHealth['inputs'] {
  const { mean, scale } = preparation;
  const columns = scale.length;
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let column = 0; column < columns; column++) {
    const [centre, factor] = [mean[column] ?? 0, scale[column] ?? 0];
    let squares = 0;
    let count = 0;
    for (const place of places) {
      const cell = dataset.x[place * columns + column] ?? Number.NaN;
      if (Number.isNaN(cell)) continue;
      const value = (cell - centre) * factor;
      squares += value * value;
      count += 1;
    }
    const size = count === 0 ? 0 : Math.sqrt(squares / count);
    if (size === 0) continue;
    largest = Math.max(largest, size);
    smallest = Math.min(smallest, size);
  }
  return { largest, smallest: Math.min(smallest, largest) };
}
