import { dataError } from '../../data/diagnostics.js';
import type { PreparedTarget } from '../../data/prepare/preparation.js';
import type { NotedSource } from '../../data/sources/row-source.js';
import { categoryOfNumber, type MissingValues, missingValuesOf, parseCell } from '../../data/table/cell.js';
import { type UnitReader, unitReader } from '../../data/table/unit.js';
import { quote } from '../../text/quote.js';

/** How well the predictions agree with the targets of the same rows. */
export type Score =
  | {
      readonly kind: 'class';
      /** Rows that have a target. */
      readonly rows: number;
      readonly correct: number;
      /** Rows whose class training did not have: never correct. */
      readonly unknown: number;
    }
  | {
      readonly kind: 'number';
      readonly rows: number;
      /** In the target's units. */
      readonly rmse: number;
    };

/** What stands in the target's column, and the line on which its row starts. */
export interface TargetCell {
  readonly text: string;
  readonly line: number;
}

/** Compares answers with targets, row by row; rows with a missing target are passed over. */
export class ScoreKeeper {
  #rows = 0;
  #correct = 0;
  #unknown = 0;
  #squares = 0;
  readonly #classes: ReadonlySet<string>;
  readonly #missing: MissingValues | null;
  readonly #withoutUnit: UnitReader | null;

  /** `cell` is where the target stands in a row. */
  constructor(
    private readonly source: NotedSource,
    private readonly target: PreparedTarget,
    private readonly cell: number,
  ) {
    this.#missing = missingValuesOf(target.missingValues);
    this.#withoutUnit = target.unit === undefined ? null : unitReader(target.unit, source.notation);
    this.#classes = new Set(target.kind === 'class' ? target.classes : []);
  }

  /**
   * Takes a row's target and what was predicted for it: a class or a number. Throws DATA_INVALID on a text for a
   * number.
   */
  take({ text, line }: TargetCell, predicted: string | number): void {
    const cell = parseCell(this.#withoutUnit?.(text) ?? text, this.#missing);
    if (cell.kind === 'missing') return;
    this.#rows += 1;
    if (this.target.kind === 'class') {
      const name = cell.kind === 'number' ? categoryOfNumber(cell.value) : cell.text;
      if (name === predicted) this.#correct += 1;
      else if (!this.#classes.has(name)) this.#unknown += 1;
      return;
    }
    if (cell.kind !== 'number') {
      throw dataError(
        `${this.source.placeOf(line, this.cell + 1)}  found ${quote(cell.text)} in the target ` +
          `${quote(this.target.name)}, ` +
          'expected a number. Correct the cell, leave it empty or take the column out.',
      );
    }
    const error = Number(predicted) - cell.value;
    this.#squares += error * error;
  }

  /** null where no row had a target. */
  score(): Score | null {
    if (this.#rows === 0) return null;
    const rows = this.#rows;
    return this.target.kind === 'class'
      ? { kind: 'class', rows, correct: this.#correct, unknown: this.#unknown }
      : { kind: 'number', rows, rmse: Math.sqrt(this.#squares / rows) };
  }
}
