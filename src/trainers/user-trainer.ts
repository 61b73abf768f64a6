import type { Json } from '../campaign/canonical-json.js';
import type { Finding } from '../campaign/finding.js';
import type { SearchSpace } from '../campaign/search-space.js';
import type { ReportSource } from '../execution/command-options.js';
import type { TrainerProgram } from '../execution/trainer-program.js';
import type {
  ProgramParts,
  ResolvedTrainer,
  TrainerFingerprint,
  TrainerProblem,
} from './resolved-trainer.js';
import type { TrainerCode } from './trainer-code.js';

/**
 * What all kinds of trainers declare that users bring: names of parameters and metrics are free, and trials may be
 * slow.
 */
export const userTrainerTraits = {
  isMapping: true,
  needsData: false,
  isCheap: false,
  parameters: null,
  metrics: null,
  fixedParameters: () => ({}),
  taskProblems: () => [],
} as const;

/** A trainer that a user brings. Kinds override what they know more about. */
export abstract class UserTrainer implements ResolvedTrainer {
  abstract readonly kind: string;
  abstract readonly executor: string;
  abstract readonly code: TrainerCode;
  abstract readonly fingerprint: TrainerFingerprint;
  readonly savesNetworks = false;

  abstract program(parts: ProgramParts): TrainerProgram;

  get identity(): Json {
    return this.fingerprint;
  }

  get reportSource(): ReportSource | null {
    return null;
  }

  async check(_space: SearchSpace): Promise<TrainerProblem | null> {
    return null;
  }

  describe(_space: SearchSpace): readonly string[] {
    return [];
  }

  findings(): readonly Finding[] {
    return [];
  }

  costs(): null {
    return null;
  }
}
