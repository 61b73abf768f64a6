import type { LayerPlan, MemoryPlan } from './memory-plan.js';
import type { NetworkOptions, Optimizer } from './network-options.js';
import {
  layerForm,
  type MemoryRecord,
  networkDoubles,
  networkForm,
  networkWords,
  recordAt,
  recordBytes,
} from './record.js';

/** A padded column's bias: no softmax sees it. */
const OUT_OF_SIGHT = -1e30;

/** Writes the records of a network, its inputs and its layers where the plan has them, and returns the network's. */
export function writeRecords(
  memory: ArrayBuffer,
  plan: MemoryPlan<string>,
  options: NetworkOptions,
): MemoryRecord {
  const record = recordAt(memory, plan.network, networkForm);
  writeNetwork(record, plan, options);
  const numbers = options.precision === 'f32' ? new Float32Array(memory) : new Float64Array(memory);
  [plan.inputs, ...plan.layers].forEach((layer, index) => {
    const address = plan.network + recordBytes(networkForm) + index * recordBytes(layerForm);
    writeLayer(recordAt(memory, address, layerForm), layer);
  });
  plan.layers.forEach((layer, index) => {
    writeColumns(numbers, layer, index === plan.layers.length - 1);
  });
  return record;
}

function writeNetwork(
  { doubles, words }: MemoryRecord,
  plan: MemoryPlan<string>,
  options: NetworkOptions,
): void {
  const { optimizer } = options;
  doubles[networkDoubles.weightDecay] = options.weightDecay;
  doubles[networkDoubles.maxNorm] = options.maxNorm;
  doubles[networkDoubles.momentum] = optimizer?.kind === 'sgd' ? optimizer.momentum : 0;
  doubles[networkDoubles.smoothing] = options.labelSmoothing;
  doubles[networkDoubles.power1] = 1;
  doubles[networkDoubles.power2] = 1;
  words[networkWords.layers] = plan.layers.length;
  words[networkWords.stride] = plan.stride;
  words[networkWords.blockRows] = plan.blockRows;
  words[networkWords.batchRows] = plan.batchRows;
  words[networkWords.blocksPerBatch] = Math.ceil(plan.batchRows / plan.blockRows);
  words[networkWords.optimizer] = optimizer === null ? 0 : optimizerNumber(optimizer);
  words[networkWords.biased] = options.bias ? 1 : 0;
  words[networkWords.squared] = options.loss === 'squared_error' ? 1 : 0;
  words[networkWords.mean] = options.reduction === 'mean' ? 1 : 0;
  words[networkWords.labels] = plan.labels;
  words[networkWords.rates] = plan.rates;
  words[networkWords.scratch] = plan.scratch;
  words[networkWords.tables] = plan.tables;
}

function writeLayer({ doubles, words }: MemoryRecord, layer: LayerPlan): void {
  layerForm.doubles.forEach((name, place) => {
    doubles[place] = layer[name];
  });
  layerForm.words.forEach((name, place) => {
    words[place] = layer[name];
  });
}

/** What goes with each column: the factor of its unit, and 0 or a bias out of sight for padding. */
function writeColumns(numbers: Float32Array | Float64Array, layer: LayerPlan, isLast: boolean): void {
  const place = (address: number): number => address / numbers.BYTES_PER_ELEMENT;
  for (let j = 0; j < layer.outputsPadded; j++) {
    const isUnit = j < layer.outputs;
    numbers[place(layer.trainingFactors) + j] = isUnit ? layer.scale : 0;
    numbers[place(layer.plainFactors) + j] = isUnit ? 1 : 0;
    if (isLast && !isUnit) numbers[place(layer.bias) + j] = OUT_OF_SIGHT;
  }
}

function optimizerNumber(optimizer: Optimizer): number {
  switch (optimizer.kind) {
    case 'sgd':
      return optimizer.nesterov ? 1 : 0;
    case 'adam':
      return 2;
    case 'adamw':
      return 3;
    default:
      return optimizer satisfies never;
  }
}
