/**
 * Trains one case after another in fitfirst's kernel, as told on standard input: a JSON line in, a JSON line out.
 * A process of its own, as each of the other engines has.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createNetworkKernel } from '../src/kernel/create-network-kernel.js';
import { compileKernel } from '../src/kernel/kernel-module.js';
import type { EpochPlan, NetworkKernel } from '../src/kernel/network-kernel.js';
import type { NetworkOptions } from '../src/kernel/network-options.js';
import type { RowSet } from '../src/kernel/row-set.js';
import type { Cost, TrainingCase } from './training-case.js';

const kernel = compileKernel();
const goOn = (): boolean => false;

function resolveData({ file, rows, sizes }: TrainingCase): RowSet {
  const { buffer, byteOffset } = readFileSync(file);
  const inputs = sizes[0] ?? 0;
  const bytes = buffer.slice(byteOffset);
  return {
    table: new Float32Array(bytes, 0, rows * inputs),
    rows: null,
    preparation: null,
    targets: { kind: 'class', values: new Int32Array(bytes, rows * inputs * 4, rows) },
    weights: null,
  };
}

function startingWeights(sizes: readonly number[]): Float64Array {
  let state = 1;
  const weights: number[] = [];
  for (let l = 1; l < sizes.length; l++) {
    const inputs = sizes[l - 1] ?? 0;
    const outputs = sizes[l] ?? 0;
    for (let k = 0; k < inputs * outputs; k++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      weights.push((state / 2 ** 31 - 1) * Math.sqrt(6 / inputs));
    }
    for (let k = 0; k < outputs; k++) weights.push(0);
  }
  return Float64Array.from(weights);
}

function timed(work: () => void): Cost {
  const before = process.cpuUsage();
  const start = performance.now();
  work();
  const { user, system } = process.cpuUsage(before);
  return { clock: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
}

/** Share of a hidden unit's values that are not zero in training: active ones, times what dropout keeps. */
function activeDensity(trained: Float64Array, task: TrainingCase, set: RowSet): number {
  const { sizes } = task;
  const rows = Math.min(200, task.rows);
  let values = Array.from(set.table.subarray(0, rows * (sizes[0] ?? 0)));
  let at = 0;
  let active = 0;
  let all = 0;
  for (let l = 1; l < sizes.length - 1; l++) {
    const inputs = sizes[l - 1] ?? 0;
    const outputs = sizes[l] ?? 0;
    const next: number[] = [];
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < outputs; j++) {
        let sum = trained[at + inputs * outputs + j] ?? 0;
        for (let i = 0; i < inputs; i++) {
          sum += (values[row * inputs + i] ?? 0) * (trained[at + i * outputs + j] ?? 0);
        }
        next.push(Math.max(0, sum));
      }
    }
    active += next.filter((value) => value > 0).length;
    all += next.length;
    values = next;
    at += (inputs + 1) * outputs;
  }
  return (active / all) * (1 - task.dropout);
}

function plan(epoch: number, rate: number): EpochPlan {
  return { order: [epoch, 0, 0, 1], rate, masks: [epoch, 0, 0, 2] };
}

function train(task: TrainingCase): Cost & { readonly density: number } {
  const set = resolveData(task);
  const options: NetworkOptions = {
    precision: 'f32',
    inputs: task.sizes[0] ?? 0,
    hidden: task.sizes.slice(1, -1),
    outputs: task.sizes.at(-1) ?? 0,
    activation: 'relu',
    output: 'softmax',
    loss: 'cross_entropy',
    bias: true,
    optimizer: task.optimizer === 'sgd' ? { kind: 'sgd', momentum: 0.9, nesterov: false } : { kind: 'adam' },
    batchSize: task.batch,
    reduction: 'mean',
    weightDecay: 0,
    maxNorm: 0,
    dropout: task.dropout,
    inputDropout: task.inputDropout,
    labelSmoothing: 0,
  };
  const network = createNetworkKernel(kernel, options, { rows: set });
  network.start(startingWeights(task.sizes));
  const rate = task.optimizer === 'sgd' ? 0.01 : 0.001;
  network.trainEpoch('rows', plan(0, rate), goOn);
  const cost = timed(() => {
    for (let epoch = 1; epoch <= task.epochs; epoch++) network.trainEpoch('rows', plan(epoch, rate), goOn);
  });
  return { ...cost, density: activeDensity(network.weights(), task, set) };
}

/** The tutorial's network with its dropout: 3-4-1 sigmoids, no biases, 60,000 updates on the table of exclusive or. */
function trainTutorial(): Cost {
  const network: NetworkKernel<'rows'> = createNetworkKernel(
    kernel,
    {
      precision: 'f64',
      inputs: 3,
      hidden: [4],
      outputs: 1,
      activation: 'sigmoid',
      output: 'sigmoid',
      loss: 'squared_error',
      bias: false,
      optimizer: { kind: 'sgd', momentum: 0, nesterov: false },
      batchSize: Number.POSITIVE_INFINITY,
      reduction: 'sum',
      weightDecay: 0,
      maxNorm: 0,
      dropout: 0.2,
      inputDropout: 0,
      labelSmoothing: 0,
    },
    {
      rows: {
        table: Float64Array.of(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1),
        rows: null,
        preparation: null,
        targets: { kind: 'class', values: [0, 1, 1, 0] },
        weights: null,
      },
    },
  );
  network.start(startingWeights([3, 4, 1]).filter((weight) => weight !== 0));
  return timed(() => {
    for (let epoch = 0; epoch < 60_000; epoch++) {
      network.trainEpoch('rows', { order: null, rate: 0.5, masks: [epoch, 0, 0, 2] }, goOn);
    }
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const task: TrainingCase | { readonly name: 'tutorial' } = JSON.parse(line);
  const cost = 'sizes' in task ? train(task) : trainTutorial();
  process.stdout.write(`${JSON.stringify(cost)}\n`);
}
