// Where everything stands in memory. The host plans all addresses and writes the records: the network's, then one of
// the inputs, which are a layer without weights, then one a layer. Field by field they are 8-byte numbers first, then
// 4-byte words (see memory-plan.ts and network-records.ts on the host side).
//
// Values of a layer, one row a sample. All of these arrays of a network share one stride, an odd number of
// lines, so that rows do not compete for the same places of the cache:
//
//     values    [row][unit]   what the next layer is given: activations, dropped and scaled in training
//     slopes    [row][unit]   its derivative by the unit's sum; the way back turns it into deltas in place
//
// Weights from `inputs` to `outputs` units, in panels of WIDTH outputs. A line is one input's weights to the
// outputs of a panel, so that a product reads lines one after another:
//
//     weights   [panel of outputs][input][WIDTH]        values * weights
//     twin      [panel of inputs][output][WIDTH]        deltas * weights transposed; kept up to date by the
//                                                       optimiser, absent in the first layer
//     first, second                                     the optimiser's memory, laid out as the weights
//     gradient                                          only where a batch is worked on in several blocks
//
// Inputs and outputs are padded to whole lines with zeros, which stay zeros: every padded column of deltas is 0.
//
// Lists of the units that are not zero, where skipping the rest pays:
//
//     rowLists    [row][..]    byte offsets of the units within a row of values; rowCounts says how many
//     columnLists [unit][..]   byte offsets of the rows within an array of values; columnEnds says where each ends

@unmanaged
export class Layer {
  /** 1 / (1 - share dropped). */
  scale: f64;
  /** Factors of the learning rate of its weights and of its biases. */
  weightRate: f64;
  biasRate: f64;
  inputs: u32;
  outputs: u32;
  inputsPadded: u32;
  outputsPadded: u32;
  activation: u32;
  /** A unit is dropped where its 32 bits are below this; 0 drops none. */
  threshold: u32;
  /** 1 where lists are kept of its units that are not zero. */
  listed: u32;
  /** How the gradient is made: one of the constants below. */
  gradientBy: u32;
  weights: usize;
  twin: usize;
  gradient: usize;
  first: usize;
  second: usize;
  bias: usize;
  biasGradient: usize;
  biasFirst: usize;
  biasSecond: usize;
  /** A line-padded row of factors: `scale` for each unit and 0 for padding; in evaluation 1 and 0. */
  trainingFactors: usize;
  plainFactors: usize;
  values: usize;
  slopes: usize;
  rowLists: usize;
  rowCounts: usize;
  columnLists: usize;
  columnEnds: usize;
  /** Which of its products the native addon takes over; see native.ts. */
  native: u32;
}

export const IDENTITY: u32 = 0;
export const RELU: u32 = 1;
export const SIGMOID: u32 = 2;
export const TANH: u32 = 3;
export const SOFTMAX: u32 = 4;

/** All inputs, all outputs. */
export const BY_ALL: u32 = 0;
/** Only the rows in which an input is not zero, by the lists of the layer before. */
export const BY_INPUTS: u32 = 1;
/** Only the rows in which an output is not zero, by the layer's own lists; made transposed. */
export const BY_OUTPUTS: u32 = 2;

@unmanaged
export class Network {
  weightDecay: f64;
  maxNorm: f64;
  momentum: f64;
  smoothing: f64;
  /** 0.9 and 0.999 to the power of the updates so far. */
  power1: f64;
  power2: f64;
  /** Sum over rows of the loss, and number of rows that were right. */
  loss: f64;
  correct: f64;
  /** Of the batch's step: the learning rate, and Adam's size of a step and epsilon, corrected. */
  rate: f64;
  stepSize: f64;
  epsilon: f64;
  /** Key of the epoch's masks. */
  maskKey: u64;
  layers: u32;
  /** Stride of values in bytes. */
  stride: usize;
  blockRows: u32;
  batchRows: u32;
  blocksPerBatch: u32;
  optimizer: u32;
  /** 1: bias. */
  biased: u32;
  /** 1: squared error, 0: cross-entropy. */
  squared: u32;
  /** 1: mean over the batch, 0: sum. */
  mean: u32;
  /** The block's labels after gathering, one after another; its inputs are the values of their layer. */
  labels: usize;
  /** Numbers in a label: a class or numbers, then what the row counts. */
  labelWidth: u32;
  /** 1: the label is a class. */
  classes: u32;
  /** Rows of the epoch. */
  rows: u32;
  /** Places of the rows in `data`, in the order of training; 0: place = position - dataFrom. */
  order: usize;
  dataFrom: u32;
  /** Prepared rows (inputsPadded numbers each) and their labels. */
  data: usize;
  labelData: usize;
  /** A learning rate an update. */
  rates: usize;
  scratch: usize;
  /** Tables of the lists: 16 shuffles of 16 bytes, then 16 counts. */
  tables: usize;
}

export const SGD: u32 = 0;
export const NESTEROV: u32 = 1;
export const ADAM: u32 = 2;
export const ADAMW: u32 = 3;

/**
 * Bytes of a row of the layer's outputs up to the last group of four units. What pads the line behind them needs no
 * work: its sums are 0 by its weights, and its slopes were never written.
 */
// @ts-ignore: decorator
@inline
export function workedBytes<T>(layer: Layer): usize {
  return <usize>((layer.outputs + 3) & ~3) * sizeof<T>();
}

// @ts-ignore: decorator
@inline
export function layerAt(network: Network, index: u32): Layer {
  return layerBefore(network, index + 1);
}

/** What feeds a layer: the inputs, or the layer before. */
// @ts-ignore: decorator
@inline
export function layerBefore(network: Network, index: u32): Layer {
  return changetype<Layer>(
    changetype<usize>(network) + offsetof<Network>() + <usize>index * offsetof<Layer>(),
  );
}
