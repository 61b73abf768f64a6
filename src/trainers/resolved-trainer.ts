import type { Json } from '../campaign/canonical-json.js';
import type { Finding } from '../campaign/finding.js';
import type { Parameters } from '../campaign/parameters.js';
import type { SearchSpace } from '../campaign/search-space.js';
import type { TrialSpec } from '../campaign/trial.js';
import type { Dataset } from '../data/dataset.js';
import type { KeptCheckpoints } from '../execution/checkpoint-store.js';
import type { ReportSource } from '../execution/command-options.js';
import type { TrainerProgram } from '../execution/trainer-program.js';
import type { TrialPlaces } from '../execution/trial-directory.js';
import type { TrainerCode } from './trainer-code.js';

/** What makes a trainer another one, without limits and paths, which may change between runs. */
export type TrainerFingerprint = string | { readonly [key: string]: Json };

/** A trainer as a config chooses it, ready to be checked and started. */
export interface ResolvedTrainer {
  /** The name of its kind. */
  readonly kind: string;
  /** The executor that it prefers. */
  readonly executor: string;
  /** Whether the final trial returns a network that fitfirst can read. */
  readonly savesNetworks: boolean;
  /** What a resumed campaign compares with the config that it began with. */
  readonly fingerprint: TrainerFingerprint;
  /** Values that are masked in everything that is written, by name; none if left out. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What results depend on: part of the training identity. */
  readonly identity: Json;
  /** The user's files whose contents a resumed campaign compares. */
  readonly code: TrainerCode;
  /** How reports are read from what it prints; null where it reports in another way. */
  readonly reportSource: ReportSource | null;
  /** Which of its checkpoints stay when the campaign has ended; left out, none. */
  readonly keptCheckpoints?: KeptCheckpoints;
  /** Why it cannot be started on this machine; null where it can. */
  check(space: SearchSpace): Promise<TrainerProblem | null>;
  /** Lines of `validate` about it, each with its label. */
  describe(space: SearchSpace): readonly string[];
  /** What is worth a warning in a sound config. */
  findings(space: SearchSpace): readonly Finding[];
  /** What trials on these data cost; null where nothing is known. */
  costs(dataset: Dataset | null): TrainerCosts | null;
  /** How to start it. Throws TypeError where it needs data and gets none. */
  program(parts: ProgramParts): TrainerProgram;
}

/** What a program is put together from. */
export interface ProgramParts {
  readonly dataset: Dataset | null;
  /** Trials that run at once on this machine. */
  readonly slots: number;
  readonly places: TrialPlaces;
}

/** Why a trainer cannot be started. */
export interface TrainerProblem {
  /** Where the config says so; null where the sentence names the place itself. */
  readonly path: readonly string[] | null;
  readonly sentence: string;
}

/** What trials cost, in operations, so that a forecast can carry seconds from one setting to another. */
export interface TrainerCosts {
  /** How large a setting's network is: of two settings that score alike the smaller one is chosen. */
  size(parameters: Parameters): number;
  /** Bytes that its weights take while it is trained, with what the optimiser keeps for each of them. */
  trainingBytes(parameters: Parameters): number;
  /** Operations of a trial before its first epoch, by their kinds; `rows` are those of the training part. */
  once(spec: TrialSpec): readonly number[];
  /** Operations of an epoch, by their kinds. */
  work(spec: TrialSpec, rows: number): readonly number[];
  /** Operations of an epoch in one number, to plan with before anything is measured. */
  perEpoch(spec: TrialSpec, rows: number): number;
  /** Bytes that a setting's saved network and its exported files take. */
  savedBytes(parameters: Parameters): number;
}
