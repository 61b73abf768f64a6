import type { Evaluation } from '../campaign/outcome.js';
import type { TestErrors } from '../campaign/test-errors.js';
import { confusionOf, residualsOf } from '../evaluation/error-analysis.js';
import { pairedGain } from '../evaluation/paired-gain.js';
import { scoresOf } from '../evaluation/scores.js';
import { type RowResults, testScores } from '../evaluation/test-scores.js';
import { unitCorrelation } from '../evaluation/unit-correlation.js';
import type { Kernel } from '../kernel/kernel.js';
import { answerLoss, plainLoss, predictedClass } from './activation.js';
import { meanAnswers } from './committee/mean-answers.js';
import { hiddenLayer, logits, type TrainedWeights } from './forward.js';
import type { TrialData } from './trial-data.js';
import { rowSetOf, type TrialPart } from './trial-part.js';

/** Rows that the likeness of units is measured on at most: spread evenly over the training rows. */
const REDUNDANCY_ROWS = 2000;

/**
 * What is measured once on the network that is handed over: its scores and errors on the test part, and its
 * redundancy. Several networks are a committee, whose redundancy is that of its first member.
 */
export function evaluateNetworks(
  kernel: Kernel,
  networks: readonly TrainedWeights[],
  { training, test }: TrialData,
  seed: number,
): Evaluation {
  const [first] = networks;
  if (first === undefined) throw new RangeError('there is no network to measure');
  const { hidden, outputs } = first.shape;
  const rows = everySoOften(training.places, REDUNDANCY_ROWS);
  const activations = hiddenLayer(kernel, first, { ...rowSetOf(training), rows });
  const results = test && rowResults(kernel, networks, test);
  const evaluation = {
    test: test && results && testScores(results, test.scale, seed),
    errors: test && results && errorsOf(results, outputs, test),
    redundancy: unitCorrelation(activations, rows.length, hidden[0] ?? 0),
  };
  if (networks.length === 1) return evaluation;
  const gain = test && results && pairedGain(rowResults(kernel, [first], test), results, test.scale, seed);
  return { ...evaluation, committee: { networks: networks.length, gain } };
}

/** The scores on the training rows, by the names of a report. */
export function trainingScores(
  kernel: Kernel,
  networks: readonly TrainedWeights[],
  { training }: TrialData,
): Record<string, number> {
  const { losses, correct } = rowResults(kernel, networks, training);
  const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length;
  const scores = scoresOf({ loss, correct: correct.reduce((sum, one) => sum + one, 0) }, training.scale);
  return Object.fromEntries(Object.entries(scores).map(([name, value]) => [`train_${name}`, value]));
}

/** What a network, or the mean of several, does on each row of a part. */
function rowResults(kernel: Kernel, networks: readonly TrainedWeights[], part: TrialPart): RowResults {
  const { targets } = part;
  const { outputs = 1, output = 'identity' } = networks[0]?.shape ?? {};
  const losses = new Float64Array(targets.length);
  const correct = new Uint8Array(targets.length);
  const sums = networks.map((network) => logits(kernel, network, rowSetOf(part)));
  const [own] = sums;
  const lossOf = own !== undefined && sums.length === 1 ? plainLoss : answerLoss;
  // The losses of a single network leave its answers in place of the sums.
  const answers = own !== undefined && sums.length === 1 ? own : meanAnswers(sums, { output, outputs });
  targets.forEach((target, row) => {
    losses[row] = lossOf(output, answers, row * outputs, outputs, target);
    const isRight = output !== 'identity' && predictedClass(answers, row * outputs, outputs) === target;
    correct[row] = isRight ? 1 : 0;
  });
  return { losses, correct, targets, answers };
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
