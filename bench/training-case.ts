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

interface DataForm {
  readonly rows: number;
  readonly inputs: number;
  readonly classes: number;
  /** Share of the inputs that are 0, at random; of MNIST's pixels it is 0.81. */
  readonly zeros: number;
}

/** Writes made-up classes in clouds, a tenth of them relabelled, and returns the file. */
async function writeData(folder: string, { rows, inputs, classes, zeros }: DataForm): Promise<string> {
  const random = numbers(7);
  const blank = numbers(11);
  const centres = Float32Array.from({ length: classes * inputs }, random);
  const bytes = new ArrayBuffer((rows * inputs + rows) * 4);
  const x = new Float32Array(bytes, 0, rows * inputs);
  const y = new Int32Array(bytes, rows * inputs * 4, rows);
  for (let row = 0; row < rows; row++) {
    const own = Math.floor(random() * classes);
    y[row] = random() < 0.1 ? Math.floor(random() * classes) : own;
    for (let k = 0; k < inputs; k++) {
      const value = (0.3 * (centres[own * inputs + k] ?? 0) + 0.7 * random() - 0.5) * 3;
      x[row * inputs + k] = blank() < zeros ? 0 : value;
    }
  }
  const file = join(folder, `${rows}x${inputs}-${zeros}.bin`);
  await writeFile(file, new Uint8Array(bytes));
  return file;
}

/** The cases, with their data in a folder. */
export async function trainingCases(folder: string): Promise<readonly TrainingCase[]> {
  const small = await writeData(folder, { rows: 1500, inputs: 64, classes: 10, zeros: 0 });
  const largeForm = { rows: 10_000, inputs: 784, classes: 10 };
  const large = await writeData(folder, { ...largeForm, zeros: 0 });
  const pictures = await writeData(folder, { ...largeForm, zeros: 0.81 });
  const cases: TrainingCase[] = [];
  for (const optimizer of ['sgd', 'adam'] as const) {
    for (const units of [16, 64, 256, 1024]) {
      const sizes = [64, units, 10];
      const rest = { rows: 1500, batch: 32, epochs: 20, inputDropout: 0, dropout: 0.5, file: small };
      cases.push({ name: `64-${units}-10, ${optimizer}, dropout 0.5`, sizes, optimizer, ...rest });
    }
  }
  const sizes = [784, 800, 800, 10];
  const rest = { sizes, rows: 10_000, batch: 128, epochs: 1, optimizer: 'sgd' } as const;
  const dropped = { ...rest, inputDropout: 0.2, dropout: 0.5 };
  const whole = { ...rest, inputDropout: 0, dropout: 0 };
  const network = '784-800-800-10, sgd';
  const asPictures = '81 % of the inputs 0, as of MNIST';
  cases.push(
    { name: `${network}, dropout 0.2/0.5`, ...dropped, file: large },
    { name: `${network}, no dropout`, ...whole, file: large },
    { name: `${network}, dropout 0.2/0.5, ${asPictures}`, ...dropped, file: pictures },
    { name: `${network}, no dropout, ${asPictures}`, ...whole, file: pictures },
  );
  return cases;
}
