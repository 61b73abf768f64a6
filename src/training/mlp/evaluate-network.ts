import type { Evaluation } from '../../campaign/outcome.js';
import { prepare } from '../data/preparation.js';
import { redundancy } from '../evaluation/redundancy.js';
import { type RowResults, testScores } from '../evaluation/test-scores.js';
import { firstHiddenLayer, outputSums } from './forward.js';
import type { NetworkShape } from './network-shape.js';
import { plainLoss, predictedClass } from './output.js';
import { type Samples, samplesOf, type TrialPart } from './trial-part.js';

/** Rows that the likeness of units is measured on at most: spread evenly over the training rows. */
const REDUNDANCY_ROWS = 2000;

/** What is measured once on the network that is handed over: its scores on the test part, and its redundancy. */
export function evaluateNetwork(
  shape: NetworkShape,
  weights: Float64Array,
  training: TrialPart,
  test: TrialPart | null,
  seed: number,
): Evaluation {
  const { dataset, preparation, places } = training;
  const some = prepare(dataset, preparation, everySoOften(places, REDUNDANCY_ROWS));
  return {
    test: test && testScores(rowResults(shape, weights, samplesOf(test)), test.scale, seed),
    redundancy: redundancy(
      firstHiddenLayer(shape, weights, some),
      some.length / shape.inputs,
      shape.hidden[0] ?? 0,
    ),
  };
}

/** What the network does on each row of a part. */
function rowResults(shape: NetworkShape, weights: Float64Array, part: Samples): RowResults {
  const { outputs, output } = shape;
  const sums = outputSums(shape, weights, part.inputs);
  const losses = new Float64Array(part.rows);
  const correct = new Uint8Array(part.rows);
  part.targets.forEach((target, row) => {
    losses[row] = plainLoss(output, sums, row * outputs, outputs, target);
    const isRight = output !== 'identity' && predictedClass(sums, row * outputs, outputs) === target;
    correct[row] = isRight ? 1 : 0;
  });
  return { losses, correct, targets: part.targets };
}

function everySoOften(places: Int32Array, most: number): Int32Array {
  if (places.length <= most) return places;
  return Int32Array.from(
    { length: most },
    (_, k) => places[Math.floor((k * places.length) / most)] as number,
  );
}
