import type { KernelExports } from './kernel-exports.js';
import { type MemoryPlan, planMemory, type SetPlan } from './memory-plan.js';
import { assignProducts } from './native/native-products.js';
import type { EpochPlan, Measurement, NetworkKernel, RowSets } from './network-kernel.js';
import { dropShares, type NetworkOptions } from './network-options.js';
import { writeRecords } from './network-records.js';
import { NetworkState } from './network-state.js';
import { type PreciseKernel, preciseKernel } from './precise-kernel.js';
import { PreparedRows } from './prepared-rows.js';
import { type MemoryRecord, networkDoubles, networkWords } from './record.js';
import type { KernelMemory, SpareMemory } from './spare-memory.js';

/** Operations that one call into the kernel may take: about three milliseconds. */
const CALL_OPERATIONS = 1e8;
/** What a block costs beyond its products, in operations. */
const BLOCK_OVERHEAD = 10_000;

interface LoadedSet {
  readonly plan: SetPlan;
  readonly rows: PreparedRows;
}

/** A network in the memory of an instance of the kernel. */
export class NetworkInstance<SetName extends string> implements NetworkKernel<SetName> {
  readonly bytes: number;
  readonly #options: NetworkOptions;
  readonly #plan: MemoryPlan<SetName>;
  readonly #memory: KernelMemory;
  readonly #spare: SpareMemory;
  readonly #kernel: KernelExports;
  readonly #precise: PreciseKernel;
  readonly #record: MemoryRecord;
  readonly #numbers: Float32Array | Float64Array;
  readonly #order: Uint32Array;
  readonly #rates: Float64Array;
  readonly #sets: ReadonlyMap<string, LoadedSet>;
  readonly #state: NetworkState;
  readonly #drops: boolean;
  /** Phases of the epoch (see assembly/train.ts) that one call may run, and rows that one may evaluate. */
  readonly #phasesPerCall: number;
  readonly #rowsPerCall: number;

  constructor(spare: SpareMemory, options: NetworkOptions, sets: RowSets<SetName>, limit?: number) {
    const plan = assignProducts(planMemory(options, sets, limit), spare.kernel.addon);
    const memory = spare.take(plan.bytes);
    const { buffer, exports: kernel } = memory;
    this.#memory = memory;
    this.#spare = spare;
    this.bytes = plan.bytes;
    this.#options = options;
    this.#plan = plan;
    this.#kernel = kernel;
    this.#precise = preciseKernel(kernel, options.precision, plan.network);
    this.#numbers = options.precision === 'f32' ? new Float32Array(buffer) : new Float64Array(buffer);
    const maxRows = Math.max(1, ...plan.sets.map((set) => set.plan.rows));
    this.#order = new Uint32Array(buffer, plan.order, maxRows);
    this.#rates = new Float64Array(buffer, plan.rates, Math.ceil(maxRows / plan.batchRows));
    this.#record = writeRecords(buffer, plan, options);
    this.#state = new NetworkState(
      { numbers: this.#numbers, layers: plan.layers, record: this.#record, onWritten: this.#precise.mirror },
      options,
    );
    kernel.prepare(plan.network);
    this.#sets = new Map(
      plan.sets.map(({ name, plan: setPlan }) => {
        const rows = new PreparedRows(sets[name], options.inputs, options.outputs);
        const loaded = { plan: setPlan, rows };
        if (setPlan.resident) this.#fetch(loaded, null, 0, setPlan.rows);
        return [name, loaded];
      }),
    );
    this.#drops = dropShares(options).some((share) => share > 0);
    const perRow = plan.layers.reduce((sum, layer) => sum + layer.inputs * layer.outputs, 0);
    const blockOperations = 6 * perRow * plan.blockRows + BLOCK_OVERHEAD;
    this.#phasesPerCall =
      blockOperations > CALL_OPERATIONS
        ? 1
        : Math.floor(CALL_OPERATIONS / blockOperations) * 2 * plan.layers.length;
    this.#rowsPerCall = Math.max(plan.evaluationRows, Math.floor(CALL_OPERATIONS / (2 * perRow + 100)));
  }

  start(weights: Float64Array): void {
    this.#state.start(weights);
  }

  weights(): Float64Array {
    return this.#state.weights();
  }

  state(): Float64Array {
    return this.#state.copyOut();
  }

  restore(state: Float64Array): void {
    this.#state.restore(state);
  }

  trainEpoch(name: SetName, plan: EpochPlan, shouldStop: () => boolean): number | null {
    if (this.#options.optimizer === null)
      throw new RangeError('a network without an optimizer cannot be trained');
    const set = this.#use(name);
    const { rows } = set.plan;
    if (rows === 0) throw new RangeError(`there are no rows to train on in the set "${name}"`);
    if (!set.rows.hasTargets) throw new RangeError(`the set "${name}" has no targets to train on`);
    const { batchRows, blockRows, layers } = this.#plan;
    const batches = Math.ceil(rows / batchRows);
    this.#fillRates(plan.rate, batches);
    this.#fillOrder(plan.order, rows);
    this.#seedMasks(plan);
    this.#record.words[networkWords.rows] = rows;
    this.#record.doubles[networkDoubles.loss] = 0;
    const blocksPerBatch = Math.ceil(batchRows / blockRows);
    const wholeBatches = Math.floor(rows / batchRows);
    const blocks = wholeBatches * blocksPerBatch + Math.ceil((rows - wholeBatches * batchRows) / blockRows);
    const phases = 2 * layers.length;
    const finished = set.plan.resident
      ? this.#trainResident(set, plan.order, blocks * phases, shouldStop)
      : this.#trainStaged(set, plan.order, blocks, blocksPerBatch, phases, shouldStop);
    if (!finished) return null;
    return this.#precise.isFinite() ? (this.#record.doubles[networkDoubles.loss] ?? 0) / rows : Number.NaN;
  }

  measure(name: SetName, shouldStop: () => boolean): Measurement | null {
    const set = this.#use(name);
    if (!set.rows.hasTargets) throw new RangeError(`the set "${name}" has no targets to measure by`);
    this.#record.doubles[networkDoubles.loss] = 0;
    this.#record.doubles[networkDoubles.correct] = 0;
    if (!this.#evaluateAll(set, true, shouldStop, null)) return null;
    const loss = this.#precise.isFinite()
      ? (this.#record.doubles[networkDoubles.loss] ?? 0) / set.plan.rows
      : Number.NaN;
    return { loss, correct: this.#record.doubles[networkDoubles.correct] ?? 0 };
  }

  predict(name: SetName, shouldStop: () => boolean): Float64Array | null {
    const set = this.#use(name);
    const { outputs } = this.#options;
    const answers = new Float64Array(set.plan.rows * outputs);
    const values = (this.#plan.layers.at(-1)?.values ?? 0) / this.#plan.numberBytes;
    const stride = this.#plan.stride / this.#plan.numberBytes;
    const onBlock = (from: number, rows: number): void => {
      for (let row = 0; row < rows; row++) {
        for (let k = 0; k < outputs; k++) {
          answers[(from + row) * outputs + k] = this.#numbers[values + row * stride + k] as number;
        }
      }
    };
    return this.#evaluateAll(set, false, shouldStop, onBlock) ? answers : null;
  }

  release(): void {
    this.#spare.giveBack(this.#memory);
  }

  /** Runs the phases of an epoch whose rows are all in memory. */
  #trainResident(
    set: LoadedSet,
    order: EpochPlan['order'],
    phases: number,
    shouldStop: () => boolean,
  ): boolean {
    this.#record.words[networkWords.order] = order === null ? 0 : this.#plan.order;
    this.#record.words[networkWords.dataFrom] = 0;
    this.#record.words[networkWords.data] = set.plan.data;
    this.#record.words[networkWords.labelData] = set.plan.labels;
    for (let from = 0; from < phases; from += this.#phasesPerCall) {
      if (shouldStop()) return false;
      this.#precise.train(from, Math.min(phases, from + this.#phasesPerCall));
    }
    return true;
  }

  /** Runs the phases of an epoch, fetching as many rows at a time as the staging area takes. */
  #trainStaged(
    set: LoadedSet,
    order: EpochPlan['order'],
    blocks: number,
    blocksPerBatch: number,
    phases: number,
    shouldStop: () => boolean,
  ): boolean {
    const { batchRows, blockRows, stagingRows } = this.#plan;
    const firstRow = (block: number): number => {
      const batch = Math.floor(block / blocksPerBatch);
      return Math.min(set.plan.rows, batch * batchRows + (block - batch * blocksPerBatch) * blockRows);
    };
    this.#record.words[networkWords.order] = 0;
    this.#record.words[networkWords.data] = set.plan.data;
    this.#record.words[networkWords.labelData] = set.plan.labels;
    for (let block = 0; block < blocks; ) {
      if (shouldStop()) return false;
      const from = firstRow(block);
      let end = block + 1;
      while (end < blocks && rowsUpTo(end + 1) - from <= stagingRows) end += 1;
      this.#fetch(set, order === null ? null : this.#order, from, rowsUpTo(end) - from);
      this.#record.words[networkWords.dataFrom] = from;
      for (let phase = block * phases; phase < end * phases; phase += this.#phasesPerCall) {
        if (shouldStop()) return false;
        this.#precise.train(phase, Math.min(end * phases, phase + this.#phasesPerCall));
      }
      block = end;
    }
    return true;

    function rowsUpTo(end: number): number {
      return end === blocks ? set.plan.rows : firstRow(end);
    }
  }

  /** Passes over all rows with nothing dropped; `onBlock` sees the answers of each block. */
  #evaluateAll(
    set: LoadedSet,
    labelled: boolean,
    shouldStop: () => boolean,
    onBlock: ((from: number, rows: number) => void) | null,
  ): boolean {
    const { evaluationRows, stagingRows, numberBytes } = this.#plan;
    const { rows, resident, data, labels } = set.plan;
    const rowBytes = (this.#plan.layers[0]?.inputsPadded ?? 0) * numberBytes;
    const labelBytes = set.rows.labelWidth * numberBytes;
    const chunk = resident ? rows : stagingRows;
    let untilAsked = 0;
    for (let first = 0; first < rows; first += chunk) {
      const end = Math.min(rows, first + chunk);
      if (!resident) this.#fetch(set, null, first, end - first);
      for (let from = first; from < end; from += evaluationRows) {
        if (untilAsked <= 0) {
          if (shouldStop()) return false;
          untilAsked = this.#rowsPerCall;
        }
        const count = Math.min(evaluationRows, end - from);
        const place = from - first;
        this.#precise.evaluate(data + place * rowBytes, labelled ? labels + place * labelBytes : 0, count);
        onBlock?.(from, count);
        untilAsked -= count;
      }
    }
    return true;
  }

  /** Prepares `count` rows of a set, from position `first` of an order on, at the place of its data. */
  #fetch(set: LoadedSet, order: Uint32Array | null, first: number, count: number): void {
    const { numberBytes, layers } = this.#plan;
    const rowNumbers = layers[0]?.inputsPadded ?? 0;
    const labelNumbers = set.rows.labelWidth;
    let at = set.plan.data / numberBytes;
    let labelAt = set.plan.labels / numberBytes;
    for (let position = first; position < first + count; position++) {
      const row = order === null ? position : (order[position] as number);
      set.rows.writeInputs(row, this.#numbers, at);
      set.rows.writeLabel(row, this.#numbers, labelAt);
      at += rowNumbers;
      labelAt += labelNumbers;
    }
  }

  #use(name: SetName): LoadedSet {
    const set = this.#sets.get(name);
    if (set === undefined) throw new RangeError(`there is no set "${name}"`);
    this.#record.words[networkWords.labelWidth] = set.rows.labelWidth;
    this.#record.words[networkWords.classes] = set.rows.isClass ? 1 : 0;
    return set;
  }

  #fillRates(rate: number | Float64Array, batches: number): void {
    if (typeof rate === 'number') {
      for (let batch = 0; batch < batches; batch++) this.#rates[batch] = rate;
      return;
    }
    if (rate.length !== batches) {
      throw new RangeError(`there are ${rate.length} learning rates for ${batches} updates`);
    }
    this.#rates.set(rate);
  }

  #fillOrder(order: EpochPlan['order'], rows: number): void {
    if (order === null) return;
    if (!(order instanceof Uint32Array)) {
      const [a, b, c, d] = order;
      this.#kernel.shuffle(this.#plan.order, rows, a, b, c, d);
      return;
    }
    if (order.length !== rows) throw new RangeError(`an order of ${order.length} places for ${rows} rows`);
    for (const place of order) {
      if (place >= rows) throw new RangeError(`the order has place ${place}, but there are ${rows} rows`);
    }
    this.#order.set(order);
  }

  #seedMasks(plan: EpochPlan): void {
    if (!this.#drops) return;
    if (plan.masks === null)
      throw new RangeError('units are dropped, so the epoch needs a seed for its masks');
    const [a, b, c, d] = plan.masks;
    this.#kernel.seedMasks(this.#plan.network, a, b, c, d);
  }
}
