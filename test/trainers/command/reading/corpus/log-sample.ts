/** What a program prints, written after its format, and what is to be read of it. */
export interface LogSample {
  readonly program: string;
  /** Where the format comes from. */
  readonly source: string;
  readonly log: string;
  /**
   * The values, epoch by epoch, of a metric that says best how the training goes: of rows held out where the program
   * prints one. One of several where it prints several.
   */
  readonly metric: readonly (readonly number[])[];
}

/** A log of lines. */
export const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

/** What `print` makes of three epochs, counted from `first`. */
export const epochs = (print: (epoch: number, i: number) => string, first = 1): string =>
  [0, 1, 2].map((i) => print(first + i, i)).join('');
