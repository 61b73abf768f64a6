import type { RowSet } from './row-set.js';

/** Reads rows of a set as the network takes them, wherever the table stands. */
export class PreparedRows {
  readonly #set: RowSet;
  readonly #inputs: number;
  readonly #outputs: number;
  readonly #mean: Float64Array | null;
  readonly #scale: Float64Array;
  readonly #fill: Float64Array | null;

  constructor(set: RowSet, inputs: number, outputs: number) {
    this.#set = set;
    this.#inputs = inputs;
    this.#outputs = outputs;
    const { preparation } = set;
    this.#mean = preparation === null ? null : Float64Array.from(preparation.mean);
    this.#scale = preparation === null ? new Float64Array(0) : Float64Array.from(preparation.scale);
    this.#fill = preparation?.fill ? Float64Array.from(preparation.fill) : null;
  }

  /** Numbers of a label: a class or numbers, then what the row counts. */
  get labelWidth(): number {
    return this.isClass ? 2 : this.#outputs + 1;
  }

  get isClass(): boolean {
    return this.#set.targets?.kind === 'class';
  }

  get hasTargets(): boolean {
    return this.#set.targets !== null;
  }

  /** Writes the inputs of a row of the set, counted from 0, from place `at` of `target` on. */
  writeInputs(row: number, target: Float32Array | Float64Array, at: number): void {
    const { table } = this.#set;
    const from = this.#tableRow(row) * this.#inputs;
    const mean = this.#mean;
    if (mean === null) {
      for (let k = 0; k < this.#inputs; k++) target[at + k] = table[from + k] as number;
      return;
    }
    const scale = this.#scale;
    const fill = this.#fill;
    for (let k = 0; k < this.#inputs; k++) {
      let cell = table[from + k] as number;
      if (fill !== null && Number.isNaN(cell)) cell = fill[k] as number;
      const factor = scale[k] as number;
      target[at + k] = factor === 0 ? 0 : (cell - (mean[k] as number)) * factor;
    }
  }

  /** Writes the label of a row; throws RangeError on a class that the network has no output for. */
  writeLabel(row: number, target: Float32Array | Float64Array, at: number): void {
    const { targets, weights } = this.#set;
    if (targets === null) return;
    const tableRow = this.#tableRow(row);
    target[at + this.labelWidth - 1] = weights === null ? 1 : (weights[row] ?? 1);
    if (targets.kind === 'class') {
      const own = targets.values[tableRow] ?? Number.NaN;
      const classes = Math.max(2, this.#outputs);
      if (!Number.isInteger(own) || own < 0 || own >= classes) {
        throw new RangeError(
          `the class of row ${tableRow} is ${own}; expected a whole number below ${classes}`,
        );
      }
      target[at] = own;
      return;
    }
    for (let k = 0; k < this.#outputs; k++) {
      const value = targets.values[tableRow * this.#outputs + k] ?? Number.NaN;
      target[at + k] = (value - targets.mean) * targets.scale;
    }
  }

  #tableRow(row: number): number {
    return this.#set.rows === null ? row : (this.#set.rows[row] as number);
  }
}
