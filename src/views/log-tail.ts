/** The end of what a trial printed. */
export interface LogTail {
  /** The file that holds all of it, as a person would name it. */
  readonly path: string;
  readonly lines: readonly string[];
}
