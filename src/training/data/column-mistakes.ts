import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { ColumnOptions } from '../column-options.js';

/** Something wrong in what a config says of a column, which only the table shows. */
export interface ColumnMistake {
  /** The column as the config refers to it. */
  readonly column: string;
  /** What is wrong of it; null where nothing can be said of such a column. */
  readonly option: Exclude<keyof ColumnOptions, 'column'> | null;
  /** What was found, what was expected, and what to do. */
  readonly sentence: string;
}

/** All such mistakes at once. The message has them one a line; whoever has the config can say where they stand. */
export class ColumnMistakes extends FitfirstError {
  constructor(readonly mistakes: readonly ColumnMistake[]) {
    super('CONFIG_INVALID', mistakes.map(({ sentence }) => sentence).join('\n'));
  }
}
