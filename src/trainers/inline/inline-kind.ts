import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Parameters } from '../../campaign/parameters.js';
import { inProcessKind } from '../../execution/kinds/in-process-kind.js';
import type { TrainerProgram } from '../../execution/trainer-program.js';
import { inspectValue } from '../../text/inspect-value.js';
import { createFunctionTrainer, type FunctionErrors } from '../function-trainer.js';
import type { ProgramParts, TrainerFingerprint } from '../resolved-trainer.js';
import type { TrainFunction } from '../train-function.js';
import { NO_CODE } from '../trainer-code.js';
import { defineTrainerKind, type TrainerKind } from '../trainer-kind.js';
import { UserTrainer, userTrainerTraits } from '../user-trainer.js';

/** The name of the kind, which stands in a config for the function. */
export const INLINE_TRAINER = 'inline';

export interface InlineOptions {
  /**
   * The function's version: raise it whenever a change to the function, or to anything that it uses, changes results.
   * Without one, the hash of the function's own text stands for it. That notices an edit of the function, but not of
   * what it calls, imports or captures.
   */
  readonly version?: string | number;
}

/**
 * A kind of trainer for one function of the running program: a config chooses it by `trainer: {inline: {}}`. Its trials
 * run in this process. Two functions with another version, or another text, never share trials. Throws USAGE_INVALID
 * for a function that has neither, such as a bound one.
 */
export function createInlineKind(train: TrainFunction<Parameters>, options: InlineOptions = {}): TrainerKind {
  const identity = inlineIdentity(train, options);
  return defineTrainerKind({
    ...userTrainerTraits,
    kind: INLINE_TRAINER,
    example: '{inline: {}}',
    rootKeys: [],
    schema: z.strictObject({
      inline: z.strictObject({}).describe('The train function of the program that runs the campaign.'),
    }),
    form: 'object',
    label: 'function',
    resolve: () => new InlineTrainer(train, identity),
  });
}

function inlineIdentity(train: TrainFunction<Parameters>, { version }: InlineOptions): TrainerFingerprint {
  if (version !== undefined) return { inline: { version: String(version) } };
  const text = Function.prototype.toString.call(train);
  if (/\{\s*\[native code\]\s*\}$/.test(text))
    throw new FitfirstError(
      'USAGE_INVALID',
      'The text of this train function cannot be read (it is bound or native), so fitfirst ' +
        'cannot notice when it changes. Pass a version.',
    );
  return { inline: { text: createHash('sha256').update(text).digest('hex') } };
}

const errors: FunctionErrors = {
  noReports: (returned) =>
    new FitfirstError(
      'CONFIG_INVALID',
      `The train function returned ${inspectValue(returned)}; expected the reports of an async ` +
        'generator, or the one report of an async function.',
    ),
  located: (thrown) => thrown,
};

class InlineTrainer extends UserTrainer {
  readonly kind = INLINE_TRAINER;
  readonly executor = inProcessKind.name;
  readonly code = NO_CODE;
  readonly #train: TrainFunction<Parameters>;

  constructor(
    train: TrainFunction<Parameters>,
    readonly fingerprint: TrainerFingerprint,
  ) {
    super();
    this.#train = train;
  }

  program({ dataset, places }: ProgramParts): TrainerProgram {
    return { kind: 'object', trainer: createFunctionTrainer(this.#train, { dataset, places }, errors) };
  }
}
