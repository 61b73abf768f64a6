/**
 * What a worker adds to the data in memory: a 784-1024-10 network on MNIST, for a trial of the search and for the one
 * of the finish with its evaluation. Prints the memory that the kernels plan, which is the same everywhere, and the
 * most that the process takes beside what it took before the trial.
 *
 *     npm run bench:worker-memory -- [folder with MNIST's four IDX files] [hidden units] [epochs]
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrialSpec } from '../src/campaign/trial.js';
import { loadDataset } from '../src/data/load-dataset.js';
import { createThreadPool } from '../src/execution/threads/thread-pool.js';
import { compiledKernel } from '../src/mlp/compiled-kernel.js';
import { mlpTrainerModule } from '../src/mlp/kind/mlp-trainer-module.js';
import { residentBytesFor } from '../src/mlp/kind/resident-bytes.js';

const shared = fileURLToPath(new URL('../../shared/data/mnist', import.meta.url));
const [folder = shared, units = '1024', epochs = '2'] = process.argv.slice(2);
const file = (name: string): string => join(folder, `${name}.gz`);

const dataset = await loadDataset(
  {
    source: {
      kind: 'arrays',
      images: file('train-images-idx3-ubyte'),
      labels: file('train-labels-idx1-ubyte'),
      test: { images: file('t10k-images-idx3-ubyte'), labels: file('t10k-labels-idx1-ubyte') },
    },
    target: null,
    header: null,
    drop: [],
    missing: 'error',
    task: null,
    split: { kind: 'shares', validation: 1 / 6, test: 0 },
    standardize: false,
    unseen: 'ignore',
    indicator: false,
    columns: [],
  },
  7,
);

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0).padStart(4);
console.log(
  `the data: ${megabytes(dataset.x.byteLength + dataset.y.byteLength + dataset.groups.byteLength)} MiB`,
);

const parameters = { hidden: Number(units), dropout: 0.5, input_dropout: 0.2, batch_size: 128 };
const search: TrialSpec = { parameters, repeat: 1, epochs: Number(epochs), until: null, finish: null };
const specs: Readonly<Record<string, TrialSpec>> = {
  'a trial of the search': search,
  'the finish, on training': { ...search, repeat: 0, finish: { on: 'training', checkpoint: 'best' } },
  'the finish, on all rows': { ...search, repeat: 0, finish: { on: 'all', checkpoint: 'last' } },
};

for (const [name, spec] of Object.entries(specs)) {
  const before = process.memoryUsage.rss();
  let peak = before;
  await using pool = createThreadPool({
    slots: 1,
    setup: {
      trainer: mlpTrainerModule({ dataset, kernel: compiledKernel(), residentBytes: residentBytesFor(1) }),
      seed: 7,
      metric: { name: 'val_loss', goal: 'minimize' },
    },
  });
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 2);
  const outcome = await pool.run(spec, { signal: new AbortController().signal, onReport: () => {} });
  clearInterval(watch);
  const accuracy =
    outcome.kind === 'finished' ? outcome.network?.evaluation.test?.accuracy?.value : outcome.kind;
  console.log(
    `${name.padEnd(24)}  ${megabytes(peak - before)} MiB beside the ` +
      `data${accuracy === undefined ? '' : `, test accuracy ${accuracy}`}`,
  );
}
