import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One network and its training, as every engine is told. */
export interface TrainingCase {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly rows: number;
  readonly batch: number;
  /** Epochs that are timed, after one that is not. */
  readonly epochs: number;
  readonly optimizer: 'sgd' | 'adam';
  readonly inputDropout: number;
  readonly dropout: number;
  /** The data: `rows` x inputs single-precision numbers, then `rows` classes as 32-bit numbers. */
  readonly file: string;
}

/** What training took. */
export interface Cost {
  /** Processor time of the one thread that worked, and time on the clock. */
  readonly processor: number;
  readonly clock: number;
}

/**
 * Operations of a training as if nothing were skipped: forward and two products back for each layer but the
 * first, which needs no deltas before it; two operations a weight and row.
 */
export function operations({ sizes, rows, epochs }: TrainingCase): number {
  let perRow = 0;
  for (let l = 1; l < sizes.length; l++) perRow += (l === 1 ? 4 : 6) * (sizes[l - 1] ?? 0) * (sizes[l] ?? 0);
  return perRow * rows * epochs;
}

/** Numbers in [0, 1) that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** Writes made-up classes in clouds, a tenth of them relabelled, and returns the file. */
async function writeData(folder: string, rows: number, inputs: number, classes: number): Promise<string> {
  const random = numbers(7);
  const centres = Float32Array.from({ length: classes * inputs }, random);
  const bytes = new ArrayBuffer((rows * inputs + rows) * 4);
  const x = new Float32Array(bytes, 0, rows * inputs);
  const y = new Int32Array(bytes, rows * inputs * 4, rows);
  for (let row = 0; row < rows; row++) {
    const own = Math.floor(random() * classes);
    y[row] = random() < 0.1 ? Math.floor(random() * classes) : own;
    for (let k = 0; k < inputs; k++) {
      x[row * inputs + k] = (0.3 * (centres[own * inputs + k] ?? 0) + 0.7 * random() - 0.5) * 3;
    }
  }
  const file = join(folder, `${rows}x${inputs}.bin`);
  await writeFile(file, new Uint8Array(bytes));
  return file;
}

/** The cases, with their data in a folder. */
export async function trainingCases(folder: string): Promise<readonly TrainingCase[]> {
  const small = await writeData(folder, 1500, 64, 10);
  const large = await writeData(folder, 10_000, 784, 10);
  const cases: TrainingCase[] = [];
  for (const optimizer of ['sgd', 'adam'] as const) {
    for (const units of [16, 64, 256, 1024]) {
      const sizes = [64, units, 10];
      const rest = { rows: 1500, batch: 32, epochs: 20, inputDropout: 0, dropout: 0.5, file: small };
      cases.push({ name: `64-${units}-10, ${optimizer}, dropout 0.5`, sizes, optimizer, ...rest });
    }
  }
  const sizes = [784, 800, 800, 10];
  const rest = { sizes, rows: 10_000, batch: 128, epochs: 1, optimizer: 'sgd', file: large } as const;
  cases.push({ name: '784-800-800-10, sgd, dropout 0.2/0.5', ...rest, inputDropout: 0.2, dropout: 0.5 });
  cases.push({ name: '784-800-800-10, sgd, no dropout', ...rest, inputDropout: 0, dropout: 0 });
  return cases;
}
