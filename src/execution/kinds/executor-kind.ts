import type { z } from 'zod';
import type { CampaignFacts } from '../../campaign/event.js';
import type { Executor } from '../executor.js';
import type { ProgramForm, TrainerProgram } from '../trainer-program.js';
import type { TrialPlaces } from '../trial-directory.js';
import type { RemoteStatus } from './remote-status.js';

/**
 * What an executor is created from. It is enough for one that trains on other machines: they can build the same trainer
 * from the config's text, and compare identity, data and code with the facts before they train.
 */
export interface ExecutorContext {
  readonly program: TrainerProgram;
  /** Trials that the campaign wants to run at once; an executor may offer fewer. */
  readonly slots: number;
  /** The campaign's seed. */
  readonly seed: number;
  /**
   * What the campaign journals about itself: the training identity, the metric, the config with the hashes of the
   * trainer's files (`config.trainer.code`), and the hash of the data (`data.hash`).
   */
  readonly facts: CampaignFacts;
  /** Where trials have their directories and logs; the results folder is locked by the caller. */
  readonly places: TrialPlaces;
  /** The config as it was written, with its path. */
  readonly config: { readonly path: string; readonly text: string };
  /** To be called by an executor that runs trials elsewhere, with what it knows of its workers. */
  readonly onStatus?: (status: RemoteStatus) => void;
}

/** A campaign whose results folder is about to be made. */
export interface Beginning {
  readonly name: string;
  /** The config's path, as the user wrote it. */
  readonly config: string;
  /** The results folder. */
  readonly folder: string;
}

/** A way to run trials, by its name under `executor` in a config. */
export interface ExecutorKind<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** Its options under `executor: {name: {...}}`; parses `{}` to the defaults. */
  readonly schema: Schema;
  /** The forms of trainers that it runs. */
  readonly runs: readonly ProgramForm[];
  /** Whether trials run in other processes, so that this machine's cores do not limit their number. */
  readonly isRemote?: boolean;
  /** What is wrong with options of the right form, in a sentence that is safe to print; null where nothing is. */
  problem?(options: z.output<Schema>): string | null;
  /** Throws FitfirstError if trials cannot run from this process. It is called before a results folder is made. */
  assertUsable?(options: z.output<Schema>, beginning: Beginning): Promise<void>;
  /** Throws CONFIG_INVALID where this machine cannot run the trainer. */
  create(options: z.output<Schema>, context: ExecutorContext): Promise<Executor>;
}

/** Gives the kind back as it is, with its types checked. */
export function defineExecutorKind<Schema extends z.ZodType>(
  kind: ExecutorKind<Schema>,
): ExecutorKind<Schema> {
  return kind;
}

/** An executor with its options, as a config chooses it. */
export interface ExecutorChoice {
  readonly kind: ExecutorKind;
  /** Parsed by the kind's schema. */
  readonly options: unknown;
}

/**
 * The part of a program that an executor runs. Throws TypeError for one that it does not, which a config cannot ask
 * for.
 */
export function programOf<Form extends ProgramForm>(
  { program }: ExecutorContext,
  ...forms: readonly Form[]
): Extract<TrainerProgram, { kind: Form }> {
  const isOneOf = (one: TrainerProgram): one is Extract<TrainerProgram, { kind: Form }> =>
    forms.some((form) => form === one.kind);
  if (isOneOf(program)) return program;
  throw new TypeError(`this executor runs ${forms.join(' and ')} trainers, not a ${program.kind}`);
}
