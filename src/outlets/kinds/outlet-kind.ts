import type { z } from 'zod';
import type { Snapshot } from '../../views/model/campaign-source.js';
import type { Outlet, OutletContext } from '../outlet.js';

/** Where `fitfirst export` sends a campaign. */
interface ExportTarget {
  /** What `--output` says; null without it. */
  readonly output: string | null;
  /** The results folder. */
  readonly folder: string;
  /** Campaign and timing after the entry that the outlet receives. */
  readonly snapshot: () => Snapshot;
  /** Writes to standard output. */
  readonly print: (text: string) => Promise<void>;
}

/** An outlet that a config can name, by its name under `outlets`, and a format of `fitfirst export`. */
export interface OutletKind<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** Its options under `outlets: {name: {...}}`. */
  readonly schema: Schema;
  /** What is wrong with options of the right form, in a sentence that is safe to print; null where nothing is. */
  problem?(options: z.output<Schema>): string | null;
  /** The outlet of a run. */
  create(options: z.output<Schema>, context: OutletContext): Promise<Outlet>;
  /**
   * The outlet of an export, which receives all entries of the journal. Throws USAGE_INVALID if `--output` is missing
   * or wrong.
   */
  export(target: ExportTarget): Promise<Outlet>;
}

/** Gives the kind back as it is, with its types checked. */
export function defineOutletKind<Schema extends z.ZodType>(kind: OutletKind<Schema>): OutletKind<Schema> {
  return kind;
}

/** An outlet with its options, as a config chooses it. */
export interface OutletChoice {
  readonly kind: OutletKind;
  /** Parsed by the kind's schema. */
  readonly options: unknown;
}
