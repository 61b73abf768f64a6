/** A program of the user's own as a trainer, with everything said. */
export interface CommandOptions {
  /** Program and arguments, macros not yet expanded; never read by a shell. */
  readonly command: readonly string[];
  /** What `${program}` stands for; null where the command does not use it. */
  readonly program: string | null;
  readonly report: ReportSource;
  /** Absolute path of the folder in which the command is started. */
  readonly cwd: string;
  /** Environment variables beside those of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds that a trial may take; null for as long as it likes. */
  readonly timeout: number | null;
  /** Bytes of memory that all processes of a trial together may hold; null for no bound. */
  readonly maxRss: number | null;
  /** Milliseconds between the request to end and the end by force. */
  readonly grace: number;
  /** Scarce things by name, `gpu` for one, of which every trial needs some for itself. */
  readonly resources: Readonly<Record<string, ResourceNeed>>;
}

/** Where a program's reports are read from. */
export type ReportSource =
  /** JSON Lines that are appended to the file `$FITFIRST_REPORT`. */
  | { readonly kind: 'file' }
  /** JSON Lines among the other lines of standard output. */
  | { readonly kind: 'stdout' }
  /** Regular expressions with named groups; a report is made whenever each has matched a line of one of the outputs. */
  | { readonly kind: 'pattern'; readonly patterns: readonly string[] };

export interface ResourceNeed {
  /** How many a trial needs. */
  readonly each: number;
  /** Names of all there are, such as the numbers of the GPUs. */
  readonly names: readonly string[];
}
