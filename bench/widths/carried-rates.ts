import { mean } from '../../src/campaign/statistics.js';
import type { Dataset } from '../../src/data/dataset.js';
import { compiledKernel } from '../../src/mlp/compiled-kernel.js';
import { createMlpTrainer } from '../../src/mlp/mlp-trainer.js';
import { log } from '../../src/numeric/elementary.js';
import { midRanks } from '../../src/numeric/ranks/mid-ranks.js';
import { runTrial } from '../../test/mlp/trial-runs.js';

const NARROW = 16;
const WIDE = 256;
const EPOCHS = 40;
/** The repeats on which rates are chosen, and those on which the choices are judged. */
const CHOOSING = [1, 2, 3, 4];
const JUDGING = [5, 6, 7, 8];
/** The smallest of nine rates, each twice the one before. */
const SMALLEST = { adam: 0.0005, sgd: 0.002 };
const RATES = 9;

/** What is trained. */
interface WidthsCase {
  readonly table: string;
  readonly layers: number;
  readonly optimizer: 'adam' | 'sgd';
  readonly parametrization: 'standard' | 'mup';
}

/** How well learning rates carry over from the narrow to the wide network. */
export interface Carried extends WidthsCase {
  /** Spearman's correlation of the mean losses of the rates at both widths. */
  readonly correlation: number;
  /** How many times larger the best rate of the narrow network is than that of the wide one, as a power of 2. */
  readonly shift: number;
  /**
   * The logarithm of how many times larger the loss of the wide network is with the narrow network's best rate than
   * with its own.
   */
  readonly regret: number;
  /** The loss of the wide network with its own best rate. */
  readonly loss: number;
}

export async function carriedRates(dataset: Dataset, kind: WidthsCase): Promise<Carried> {
  const trainer = createMlpTrainer(dataset, compiledKernel());
  const { layers, optimizer, parametrization } = kind;
  const guess = log(dataset.classes?.length ?? 1);
  /** The mean of the best validation losses with each rate. A diverged trial counts as a guess. */
  const lossesAt = async (hidden: number, repeats: readonly number[]): Promise<number[]> => {
    const means: number[] = [];
    for (let k = 0; k < RATES; k++) {
      const rate = SMALLEST[optimizer] * 2 ** k;
      const parameters = { hidden, layers, optimizer, parametrization, learning_rate: rate, epochs: EPOCHS };
      const losses: number[] = [];
      for (const repeat of repeats) {
        const { reports } = await runTrial(dataset, parameters, { epochs: EPOCHS, repeat, seed: 1, trainer });
        const all = reports.map(({ metrics }) => metrics.val_loss ?? Number.NaN);
        losses.push(all.length === EPOCHS && all.every(Number.isFinite) ? Math.min(...all) : guess);
      }
      means.push(mean(losses));
    }
    return means;
  };
  const narrow = await lossesAt(NARROW, CHOOSING);
  const wide = await lossesAt(WIDE, CHOOSING);
  const judged = await lossesAt(WIDE, JUDGING);
  const [carried, own] = [bestOf(narrow), bestOf(wide)];
  const lossOf = (rate: number): number => judged[rate] ?? Number.NaN;
  return {
    ...kind,
    correlation: correlationOf(midRanks(narrow).ranks, midRanks(wide).ranks),
    shift: carried - own,
    regret: log(lossOf(carried) / lossOf(own)),
    loss: lossOf(own),
  };
}

const bestOf = (losses: readonly number[]): number => losses.indexOf(Math.min(...losses));

function correlationOf(a: readonly number[], b: readonly number[]): number {
  const products = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + (value - mean(x)) * ((y[i] ?? 0) - mean(y)), 0);
  return products(a, b) / Math.sqrt(products(a, a) * products(b, b));
}
