import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { threadsKind } from '../../execution/kinds/threads-kind.js';
import type { TrainerProgram } from '../../execution/trainer-program.js';
import { isFileAt, isFolderAt } from '../../platform/path-kind.js';
import type { ProgramParts, TrainerFingerprint, TrainerProblem } from '../resolved-trainer.js';
import { codeShape, resolveTrainerCode, type TrainerCode, versionFingerprint } from '../trainer-code.js';
import { defineTrainerKind } from '../trainer-kind.js';
import { UserTrainer, userTrainerTraits } from '../user-trainer.js';
import { checkModule } from './module-check.js';
import { moduleTrainerModule } from './module-trainer-module.js';

/** A module of the user, whose function trains in worker threads. */
export const moduleKind = defineTrainerKind({
  ...userTrainerTraits,
  kind: 'module',
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
  resolve(input, context) {
    const path = resolve(context.folder, input.module);
    if (!isFileAt(path)) {
      const found = isFolderAt(path)
        ? `${path} is a folder; expected a JavaScript file.`
        : `there is no file ${path}.`;
      context.report(['trainer', 'module'], found);
    }
    return new UserModule(path, resolveTrainerCode(input, [path], context));
  },
});

class UserModule extends UserTrainer {
  readonly kind = 'module';
  readonly executor = threadsKind.name;

  constructor(
    readonly path: string,
    readonly code: TrainerCode,
  ) {
    super();
  }

  get fingerprint(): TrainerFingerprint {
    return { module: basename(this.path), ...versionFingerprint(this.code) };
  }

  override async check(): Promise<TrainerProblem | null> {
    const sentence = await checkModule(this.path);
    return sentence === null ? null : { path: null, sentence };
  }

  program({ dataset, places }: ProgramParts): TrainerProgram {
    return { kind: 'module', ...moduleTrainerModule({ path: this.path, dataset, places }) };
  }
}
