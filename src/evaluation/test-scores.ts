import type { Estimate } from '../campaign/outcome.js';
import { keyedStream } from '../numeric/keyed-stream.js';
import { bootstrapInterval, wilsonInterval } from './intervals.js';
import { classScores, numberScores, type PredictionMetric, predictionMetric } from './prediction-metrics.js';
import { explained, type TargetScale } from './scores.js';

/** What a network did on each row of the test part. */
export interface RowResults {
  /** The plain loss of each row. */
  readonly losses: Float64Array;
  /** Whether the row's class is right (1) or not (0); all 0 for numbers. */
  readonly correct: Uint8Array;
  /** The rows' targets as the network takes them. */
  readonly targets: Float64Array;
  /** What it answers, rows x outputs: probabilities, sigmoids or standardised numbers. */
  readonly answers: Float64Array;
}

/** Rows x classes beyond which 2,000 samples would take minutes to sort: the area is then given without interval. */
const MAX_RANKED = 1_000_000;

/**
 * The scores of the test part, each with a 95 % interval: Wilson's for accuracy, the percentile bootstrap
 * for all others, its streams keyed by the campaign's seed and the score's name.
 */
export function testScores(results: RowResults, scale: TargetScale, seed: number): Record<string, Estimate> {
  const { losses, correct, targets, answers } = results;
  const rows = losses.length;
  const meanLoss = (sample: Uint32Array): number => sumOver(sample, losses) / sample.length;
  const bootstrap = (name: string, statistic: (sample: Uint32Array) => number): Estimate =>
    bootstrapInterval(rows, statistic, keyedStream(seed, 'bootstrap', name));
  const loss = bootstrap('loss', meanLoss);
  const further = (name: PredictionMetric): [string, Estimate] => {
    const width = answers.length / rows;
    const deviation = scale.kind === 'number' ? scale.deviation : 1;
    const score = predictionMetric(name, { outputs: answers, width, targets, deviation });
    const counts = new Uint32Array(rows);
    if (name === 'roc_auc' && answers.length > MAX_RANKED) {
      return [name, { value: score(counts.fill(1)), low: null, high: null }];
    }
    return [name, bootstrap(name, (sample) => score(countsOf(sample, counts)))];
  };
  switch (scale.kind) {
    case 'class':
      return {
        accuracy: wilsonInterval(
          correct.reduce((sum, right) => sum + right, 0),
          rows,
        ),
        loss,
        ...Object.fromEntries(classScores.map(further)),
      };
    case 'number':
      return {
        loss,
        r2: bootstrap('r2', (sample) => explained(2 * sumOver(sample, losses), spreadOver(sample, targets))),
        rmse: bootstrap('rmse', (sample) => Math.sqrt(2 * meanLoss(sample)) * scale.deviation),
        ...Object.fromEntries(numberScores.map(further)),
      };
    default:
      return scale satisfies never;
  }
}

/** How often each row is in the sample. */
function countsOf(sample: Uint32Array, counts: Uint32Array): Uint32Array {
  counts.fill(0);
  for (const row of sample) counts[row] = (counts[row] ?? 0) + 1;
  return counts;
}

function sumOver(sample: Uint32Array, values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < sample.length; k++) sum += values[sample[k] as number] as number;
  return sum;
}

function spreadOver(sample: Uint32Array, values: Float64Array): number {
  const mean = sumOver(sample, values) / sample.length;
  let spread = 0;
  for (let k = 0; k < sample.length; k++) {
    const away = (values[sample[k] as number] as number) - mean;
    spread += away * away;
  }
  return spread;
}
