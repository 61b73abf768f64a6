import { dropShares, type NetworkOptions } from './network-options.js';
import { shareOfNonZeroInputs } from './non-zero-inputs.js';
import { layerForm, networkForm, recordBytes } from './record.js';
import { type RowSet, rowCount } from './row-set.js';

/** Bytes of a line: 16 numbers in f32, 8 in f64. */
const LINE = 64;

/** Must agree with `scratchBytes` of the kernel. */
export const SCRATCH_BYTES = 272 * LINE;
const TABLE_BYTES = 320;

/** Sets are kept in memory, prepared, while they take this much together, unless an option says otherwise. */
const RESIDENT_BYTES = 32 * 2 ** 20;
/** Room for rows of other sets on their way in. */
const STAGING_BYTES = 4 * 2 ** 20;
/** What memories of WebAssembly can be at most. */
const MAX_BYTES = 2 ** 32;

/** Operations of the largest product of a block: about 5 milliseconds, so that a call stays near that. */
const BLOCK_OPERATIONS = 2e8;
const MIN_BLOCK_ROWS = 32;
const MAX_BLOCK_ROWS = 256;
const EVALUATION_ROWS = 128;

/**
 * Units and inputs are skipped where at most this share of them is expected to be other than zero. Measured: a product
 * over lists does six tenths of what one over all does in the same time, and lists cost something to make.
 */
const LISTED_DENSITY = 0.6;
const LISTED_UNITS = 64;

export const activationKinds = { identity: 0, relu: 1, sigmoid: 2, tanh: 3, softmax: 4 } as const;
const BY_ALL = 0;
const BY_INPUTS = 1;
const BY_OUTPUTS = 2;

/** One layer: sizes, and the address of each of its arrays; 0 for what it does not have. */
export type LayerPlan = Readonly<Record<(typeof layerForm.words | typeof layerForm.doubles)[number], number>>;

/** What a layer without weights does not have. */
const noLayer = {
  ...(Object.fromEntries(layerForm.words.map((name) => [name, 0])) as Record<
    (typeof layerForm.words)[number],
    0
  >),
  weightRate: 1,
  biasRate: 1,
  gradientBy: BY_ALL,
};

/** Where the rows of a set stand: in memory for good, or fetched through the staging area. */
export interface SetPlan {
  readonly rows: number;
  readonly resident: boolean;
  /** Address of the prepared rows and of their labels: its own, or the staging area's. */
  readonly data: number;
  readonly labels: number;
}

/** Every address of a network's memory, decided before any of it is allocated. */
export interface MemoryPlan<SetName extends string> {
  readonly bytes: number;
  readonly numberBytes: 4 | 8;
  readonly network: number;
  /** The inputs as a layer without weights. */
  readonly inputs: LayerPlan;
  readonly layers: readonly LayerPlan[];
  readonly sets: readonly { readonly name: SetName; readonly plan: SetPlan }[];
  readonly stagingRows: number;
  readonly stride: number;
  readonly batchRows: number;
  readonly blockRows: number;
  readonly evaluationRows: number;
  readonly labels: number;
  readonly labelWidth: number;
  readonly order: number;
  readonly rates: number;
  readonly scratch: number;
  readonly tables: number;
}

/** Hands out addresses one after another, each at the start of a line. */
class Addresses {
  top = LINE;

  take(bytes: number): number {
    const address = this.top;
    this.top += Math.ceil(bytes / LINE) * LINE;
    return address;
  }
}

/**
 * Plans the memory of a network and the sets it will see. The rule: weights four times over (weights, their
 * transposed twin, and one array or with adam two for the optimiser; a fifth for the gradient where a batch has
 * more rows than a block), two arrays of values and two of lists a layer for the rows of a block, and the sets:
 * in the order given while they take `residentBytes` together and leave room within the limit; for the others, from
 * the first that does not fit on, 4 MiB.
 *
 * Throws RangeError where that exceeds `limit` bytes.
 */
export function planMemory<SetName extends string>(
  options: NetworkOptions,
  sets: Readonly<Record<SetName, RowSet>>,
  limit: number = MAX_BYTES,
): MemoryPlan<SetName> {
  const addresses = new Addresses();
  const numberBytes = options.precision === 'f32' ? 4 : 8;
  const perLine = LINE / numberBytes;
  const padded = (count: number): number => Math.ceil(count / perLine) * perLine;
  const sizes = [options.inputs, ...options.hidden, options.outputs];

  const names = Object.keys(sets) as SetName[];
  const counts = names.map((name) => rowCount(sets[name], options.inputs));
  const maxRows = Math.max(1, ...counts);
  const largestProduct = Math.max(...sizes.slice(1).map((outputs, l) => (sizes[l] ?? 0) * outputs));
  const rowsInTime = Math.floor(BLOCK_OPERATIONS / (2 * largestProduct));
  const rowLimit = Math.max(MIN_BLOCK_ROWS, Math.min(MAX_BLOCK_ROWS, rowsInTime));
  const batchRows = Math.min(options.batchSize, maxRows);
  const blockRows = Math.min(batchRows, rowLimit);
  const evaluationRows = Math.max(blockRows, Math.min(maxRows, EVALUATION_ROWS, rowLimit));
  const bufferRows = evaluationRows + 2;

  const widest = Math.max(...sizes.map(padded)) / perLine;
  const stride = (widest > 8 && widest % 2 === 0 ? widest + 1 : widest) * LINE;
  const network = addresses.take(recordBytes(networkForm) + sizes.length * recordBytes(layerForm));
  const tables = addresses.take(TABLE_BYTES);
  const scratch = addresses.take(SCRATCH_BYTES);
  const shares = dropShares(options);
  const trained = options.optimizer !== null;
  const adam = trained && options.optimizer.kind !== 'sgd';
  const severalBlocks = trained && batchRows > blockRows;

  const densities = expectedDensities(options, sets);
  // Of hidden units lists are kept in training alone.
  const listed = densities.map(
    (density, l) => (trained || l === 0) && isListed(options, sizes[l] ?? 0, density),
  );
  /** What a layer's gradient skips by: the sparser of the lists of its inputs and of its outputs. */
  const gradients = sizes.slice(1).map((_, l): number => {
    const byOutputs = listed[l + 1] && (!listed[l] || (densities[l + 1] ?? 1) < (densities[l] ?? 1));
    return byOutputs ? BY_OUTPUTS : listed[l] ? BY_INPUTS : BY_ALL;
  });
  const when = (condition: boolean, bytes: number): number => (condition ? addresses.take(bytes) : 0);
  const inputs: LayerPlan = {
    ...noLayer,
    scale: 1 / (1 - options.inputDropout),
    outputs: options.inputs,
    outputsPadded: padded(options.inputs),
    threshold: dropThreshold(options.inputDropout),
    listed: listed[0] ? 1 : 0,
    values: addresses.take((blockRows + 2) * stride),
    rowLists: when(listed[0] === true, bufferRows * padded(options.inputs) * 4 + LINE),
    rowCounts: when(listed[0] === true, bufferRows * 4),
    columnLists: when(trained && gradients[0] === BY_INPUTS, blockRows * padded(options.inputs) * 4),
    columnEnds: when(trained && gradients[0] === BY_INPUTS, padded(options.inputs) * 4),
  };
  const layers = sizes.slice(1).map((outputs, l): LayerPlan => {
    const before = sizes[l] ?? 0;
    const isHidden = l < options.hidden.length;
    const inputsPadded = padded(before);
    const outputsPadded = padded(outputs);
    const weightBytes = inputsPadded * outputsPadded * numberBytes;
    const rowBytes = outputsPadded * numberBytes;
    const share = isHidden ? (shares[l + 1] ?? 0) : 0;
    const lists = listed[l + 1] ?? false;
    return {
      scale: 1 / (1 - share),
      weightRate: options.rateFactors?.[l]?.weights ?? 1,
      biasRate: options.rateFactors?.[l]?.biases ?? 1,
      inputs: before,
      outputs,
      inputsPadded,
      outputsPadded,
      activation: activationKinds[isHidden ? options.activation : options.output],
      threshold: dropThreshold(share),
      listed: lists ? 1 : 0,
      gradientBy: gradients[l] ?? BY_ALL,
      weights: addresses.take(weightBytes),
      twin: when(trained && l > 0, weightBytes),
      gradient: when(severalBlocks, weightBytes),
      first: when(trained, weightBytes),
      second: when(adam, weightBytes),
      bias: addresses.take(rowBytes),
      biasGradient: when(trained, rowBytes),
      biasFirst: when(trained, rowBytes),
      biasSecond: when(adam, rowBytes),
      trainingFactors: addresses.take(rowBytes),
      plainFactors: addresses.take(rowBytes),
      values: addresses.take(bufferRows * stride),
      slopes: when(trained, (blockRows + 2) * stride),
      rowLists: when(lists, blockRows * outputsPadded * 4 + LINE),
      rowCounts: when(lists, blockRows * 4),
      columnLists: when(lists, blockRows * outputsPadded * 4),
      columnEnds: when(lists, outputsPadded * 4),
      native: 0,
    };
  });

  const rowBytes = padded(options.inputs) * numberBytes;
  const labelWidth = options.outputs + 1;
  const labelBytes = labelWidth * numberBytes;
  const labels = addresses.take(blockRows * labelBytes);
  const order = addresses.take(maxRows * 4);
  const rates = addresses.take(Math.ceil(maxRows / batchRows) * 8);

  const most = Math.min(limit, MAX_BYTES);
  const wanted = Math.max(evaluationRows, blockRows, Math.floor(STAGING_BYTES / rowBytes));
  // Where a set is fetched again for every epoch, little is gained by keeping a smaller one behind it.
  const room = most - addresses.top - (wanted + 1) * (rowBytes + labelBytes);
  const mostResident = Math.min(options.residentBytes ?? RESIDENT_BYTES, room);
  let setBytes = 0;
  const resident = counts.map((rows) => {
    setBytes += rows * (rowBytes + labelBytes);
    return setBytes <= mostResident;
  });
  const stagingRows = resident.every(Boolean) ? 0 : Math.min(maxRows, wanted);
  // A spare row behind the last, which products that work on two rows at a time read and do not use.
  const stagingData = addresses.take((stagingRows + 1) * rowBytes);
  const stagingLabels = addresses.take(stagingRows * labelBytes);
  const planOf = (index: number): SetPlan => {
    const rows = counts[index] ?? 0;
    if (!resident[index]) return { rows, resident: false, data: stagingData, labels: stagingLabels };
    const data = addresses.take((rows + 1) * rowBytes);
    return { rows, resident: true, data, labels: addresses.take(rows * labelBytes) };
  };
  const setPlans = names.map((name, index) => ({ name, plan: planOf(index) }));

  const bytes = Math.ceil(addresses.top / 65_536) * 65_536;
  if (bytes > most) {
    throw new RangeError(
      `a network of ${sizes.join('-')} units in ${options.precision} takes ${megabytes(bytes)} of memory, ` +
        `but at most ${megabytes(most)} can be used; lower the number of hidden units` +
        `${severalBlocks ? ' or the batch size' : ''}`,
    );
  }
  return {
    bytes,
    numberBytes,
    network,
    inputs,
    layers,
    sets: setPlans,
    stagingRows,
    stride,
    batchRows,
    blockRows,
    evaluationRows,
    labels,
    labelWidth,
    order,
    rates,
    scratch,
    tables,
  };
}

/** A unit is dropped where 32 random bits are below this. */
function dropThreshold(share: number): number {
  return Math.min(4_294_967_295, Math.round(share * 4_294_967_296));
}

/** The share of the inputs and of each hidden layer's units that is expected to be other than zero in training. */
function expectedDensities(
  options: NetworkOptions,
  sets: Readonly<Record<string, RowSet>>,
): readonly number[] {
  const active = options.activation === 'relu' ? 0.5 : 1;
  const [trained] = Object.values(sets);
  const given = trained === undefined ? 1 : shareOfNonZeroInputs(trained, options);
  return dropShares(options).map((share, l) => (1 - share) * (l === 0 ? given : active));
}

function isListed(options: NetworkOptions, units: number, density: number): boolean {
  const skipZeros = options.skipZeros ?? 'auto';
  switch (skipZeros) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'auto':
      return units >= LISTED_UNITS && density <= LISTED_DENSITY;
    default:
      return skipZeros satisfies never;
  }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
