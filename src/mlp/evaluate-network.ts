import type { Evaluation } from '../campaign/outcome.js';
import type { TestErrors } from '../campaign/test-errors.js';
import { confusionOf, residualsOf } from '../evaluation/error-analysis.js';
import { type RowResults, testScores } from '../evaluation/test-scores.js';
import { unitCorrelation } from '../evaluation/unit-correlation.js';
import { plainLoss, predictedClass } from './activation.js';
import { firstHiddenLayer, logits, type TrainedWeights } from './forward.js';
import type { TrialData } from './trial-data.js';
import { rowSetOf, type TrialPart } from './trial-part.js';

/** Rows that the likeness of units is measured on at most: spread evenly over the training rows. */
const REDUNDANCY_ROWS = 2000;

/**
 * What is measured once on the network that is handed over: its scores and errors on the test part, and its
 * redundancy.
 */
export function evaluateNetwork(
  kernel: WebAssembly.Module,
  network: TrainedWeights,
  { training, test }: TrialData,
  seed: number,
): Evaluation {
  const rows = everySoOften(training.places, REDUNDANCY_ROWS);
  const activations = firstHiddenLayer(kernel, network, { ...rowSetOf(training), rows });
  const results = test && rowResults(kernel, network, test);
  return {
    test: test && results && testScores(results, test.scale, seed),
    errors: test && results && errorsOf(results, network.shape.outputs, test),
    redundancy: unitCorrelation(activations, rows.length, network.shape.hidden[0] ?? 0),
  };
}

/** What the network does on each row of a part. */
function rowResults(kernel: WebAssembly.Module, network: TrainedWeights, part: TrialPart): RowResults {
  const { outputs, output } = network.shape;
  const { targets } = part;
  const sums = logits(kernel, network, rowSetOf(part));
  const losses = new Float64Array(targets.length);
  const correct = new Uint8Array(targets.length);
  targets.forEach((target, row) => {
    losses[row] = plainLoss(output, sums, row * outputs, outputs, target);
    const isRight = output !== 'identity' && predictedClass(sums, row * outputs, outputs) === target;
    correct[row] = isRight ? 1 : 0;
  });
  // The losses have left the answers in place of the sums.
  return { losses, correct, targets, answers: sums };
}

/** Numbers are put back into the target's units, as `predict` does. */
function errorsOf({ answers, targets }: RowResults, outputs: number, part: TrialPart): TestErrors | null {
  const { dataset, places, preparation } = part;
  const { target } = preparation;
  if (target.kind === 'class') {
    const predicted = Float64Array.from(targets, (_, row) => predictedClass(answers, row * outputs, outputs));
    return confusionOf(targets, predicted, target.classes.length);
  }
  const truths = Float64Array.from(places, (place) => dataset.y[place] ?? Number.NaN);
  return residualsOf(
    truths,
    answers.map((value) => target.mean + target.deviation * value),
  );
}

function everySoOften(places: Int32Array, most: number): Int32Array {
  if (places.length <= most) return places;
  return Int32Array.from(
    { length: most },
    (_, k) => places[Math.floor((k * places.length) / most)] as number,
  );
}
