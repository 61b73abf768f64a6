import type { KeptCheckpoints } from './checkpoint-store.js';

/** A program of the user's own as a trainer, with everything said. */
export interface CommandOptions {
  /** Program and arguments, macros not yet expanded; never read by a shell. */
  readonly command: readonly string[];
  /** What `${program}` stands for; null where the command does not use it. */
  readonly program: string | null;
  readonly report: ReportSource;
  /** Config files that are written into the directory of each trial; left out if there are none. */
  readonly configFiles?: readonly ConfigFile[];
  /** How the config spells the numbers of parameters, by name, then by number; left out if none is special. */
  readonly spellings?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Left out if nothing is run after the program. */
  readonly evaluate?: EvaluateOptions;
  /** Absolute path of the folder in which the command is started. */
  readonly cwd: string;
  /** Environment variables in addition to those of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds that a trial may take; null for as long as it likes. */
  readonly timeout: number | null;
  /** Bytes of memory that all processes of a trial together may hold; null for no bound. */
  readonly maxRss: number | null;
  /** Milliseconds between the request to end and the end by force. */
  readonly grace: number;
  /** Which checkpoints stay when the campaign has ended; left out, none. */
  readonly keep?: KeptCheckpoints;
  /** Scarce things by name, `gpu` for one, of which every trial needs some for itself. */
  readonly resources: Readonly<Record<string, ResourceNeed>>;
}

/** Where a program's reports are read from. */
export type ReportSource =
  | SingleSource
  /** Several at once: a report has what all of them say of an epoch. */
  | { readonly kind: 'several'; readonly sources: readonly SingleSource[] };

export type SingleSource =
  /** JSON Lines that are appended to the file `$FITFIRST_REPORT`. */
  | { readonly kind: 'file' }
  /** JSON Lines among the other lines of standard output. */
  | { readonly kind: 'stdout' }
  /** Regular expressions with named groups; a report is made whenever each has matched a line of one of the outputs. */
  | ({
      readonly kind: 'pattern';
      readonly patterns: readonly string[];
      /** Which output is read; both if left out. */
      readonly from?: 'stdout' | 'stderr';
    } & SourceOptions)
  /** A file that the program writes: its path with macros, absolute or from the trial's directory. */
  | ({ readonly kind: 'log'; readonly path: string; readonly format: LogFormat } & SourceOptions)
  /** A folder with event files of TensorBoard, or one such file. */
  | ({ readonly kind: 'tensorboard'; readonly path: string } & SourceOptions);

export type LogFormat = 'csv' | 'jsonl' | 'json';

/** How the numbers of a source are taken. What is left out is taken as it is. */
export interface SourceOptions {
  /** Names of metrics, each with the name that it has in the source; only these are taken. */
  readonly metrics?: Readonly<Record<string, string>>;
  /** The name of the number that says the epoch. It is divided by `per` and rounded up where that is not 1. */
  readonly epoch?: { readonly name: string; readonly per: number };
  /** Its metrics are of the whole trial and belong to no epoch. */
  readonly once?: true;
}

/** A file that a program takes its options from. */
export interface ConfigFile {
  /** Its path in the directory of the trial. */
  readonly name: string;
  readonly format: 'yaml' | 'json' | 'toml';
  /** The text to start from; empty for none. */
  readonly template: string;
  /** Values with macros, by their paths in the file. */
  readonly set: Readonly<Record<string, ConfigFileValue>>;
}

export type ConfigFileValue = string | number | boolean | readonly (string | number | boolean)[];

/** A command that is run after the program, whose metrics are of the whole trial. */
export interface EvaluateOptions {
  readonly command: readonly string[];
  /** What reads its output; null for lines of JSON. */
  readonly patterns: readonly string[] | null;
}

export interface ResourceNeed {
  /** How many a trial needs. */
  readonly each: number;
  /** Names of all there are, such as the numbers of the GPUs. */
  readonly names: readonly string[];
}
