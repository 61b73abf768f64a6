import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { threadsKind } from '../../execution/kinds/threads-kind.js';
import type { TrainerProgram } from '../../execution/trainer-program.js';
import type {
  ProgramParts,
  ResolvedTrainer,
  TrainerFingerprint,
  TrainerProblem,
} from '../resolved-trainer.js';
import { codeShape, resolveTrainerCode, type TrainerCode, versionFingerprint } from '../trainer-code.js';
import { defineTrainerKind } from '../trainer-kind.js';
import { checkModule } from './module-check.js';
import { moduleTrainerModule } from './module-trainer-module.js';

/** A module of the user, whose function trains in worker threads. */
export const moduleKind = defineTrainerKind({
  kind: 'module',
  isMapping: true,
  example: '{module: ./train.js}',
  rootKeys: [],
  schema: z.strictObject({
    module: z
      .string()
      .min(1)
      .describe('An ES module whose default export is `async function* train(parameters, context)`.'),
    ...codeShape,
  }),
  form: 'module',
  label: 'module',
  needsData: false,
  isCheap: false,
  parameters: null,
  metrics: null,
  fixedParameters: () => ({}),
  taskProblems: () => [],
  resolve(input, context) {
    const path = resolve(context.folder, input.module);
    if (!existsSync(path)) context.report(['trainer', 'module'], `there is no file ${path}.`);
    return new UserModule(path, resolveTrainerCode(input, [path], context));
  },
});

class UserModule implements ResolvedTrainer {
  readonly kind = 'module';
  readonly executor = threadsKind.name;
  readonly savesNetworks = false;
  readonly reportSource = null;

  constructor(
    readonly path: string,
    readonly code: TrainerCode,
  ) {}

  get fingerprint(): TrainerFingerprint & object {
    return { module: basename(this.path), ...versionFingerprint(this.code) };
  }

  get identity(): TrainerFingerprint & object {
    return this.fingerprint;
  }

  async check(): Promise<TrainerProblem | null> {
    const sentence = await checkModule(this.path);
    return sentence === null ? null : { path: null, sentence };
  }

  describe(): [] {
    return [];
  }

  findings(): [] {
    return [];
  }

  costs(): null {
    return null;
  }

  program({ dataset, places }: ProgramParts): TrainerProgram {
    return { kind: 'module', ...moduleTrainerModule({ path: this.path, dataset, places }) };
  }
}
