import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Parameters } from '../../campaign/parameters.js';
import { inProcessKind } from '../../execution/kinds/in-process-kind.js';
import type { TrainerProgram } from '../../execution/trainer-program.js';
import { describeValue } from '../../text/describe-value.js';
import { createFunctionTrainer, type FunctionErrors } from '../function-trainer.js';
import type { ProgramParts, ResolvedTrainer, TrainerFingerprint } from '../resolved-trainer.js';
import type { TrainFunction } from '../train-function.js';
import { NO_CODE } from '../trainer-code.js';
import { defineTrainerKind, type TrainerKind } from '../trainer-kind.js';

export interface InlineOptions {
  /**
   * The function's version: raise it whenever a change to the function, or to anything that it uses, changes results.
   * Without one, the hash of the function's own text stands for it. That notices an edit of the function, but not of what
   * it calls, imports or captures.
   */
  readonly version?: string | number;
}

/**
 * A kind of trainer for one function of the running program: a config chooses it by `trainer: {inline: {}}`. Its trials
 * run in this process. Two functions with another version, or another text, never share trials. Throws USAGE_INVALID for
 * a function that has neither, such as a bound one.
 */
export function createInlineKind(train: TrainFunction<Parameters>, options: InlineOptions = {}): TrainerKind {
  const identity = inlineIdentity(train, options);
  return defineTrainerKind({
    kind: 'inline',
    isMapping: true,
    example: '{inline: {}}',
    rootKeys: [],
    schema: z.strictObject({
      inline: z.strictObject({}).describe('The train function of the program that runs the campaign.'),
    }),
    form: 'object',
    label: 'function',
    needsData: false,
    isCheap: false,
    parameters: null,
    metrics: null,
    fixedParameters: () => ({}),
    taskProblems: () => [],
    resolve: () => new InlineTrainer(train, identity),
  });
}

type InlineIdentity = { readonly inline: { readonly [key in 'version' | 'text']?: string } };

function inlineIdentity(train: TrainFunction<Parameters>, { version }: InlineOptions): InlineIdentity {
  if (version !== undefined) return { inline: { version: String(version) } };
  const text = Function.prototype.toString.call(train);
  if (/\{\s*\[native code\]\s*\}$/.test(text))
    throw new FitfirstError(
      'USAGE_INVALID',
      'The text of this train function cannot be read (it is bound or native), so fitfirst cannot notice when it changes. Pass a version.',
    );
  return { inline: { text: createHash('sha256').update(text).digest('hex') } };
}

const errors: FunctionErrors = {
  noReports: (returned) =>
    new FitfirstError(
      'CONFIG_INVALID',
      `The train function returned ${describeValue(returned)}; expected an async generator, as in "async function* (parameters, context)".`,
    ),
  located: (thrown) => thrown,
};

class InlineTrainer implements ResolvedTrainer {
  readonly kind = 'inline';
  readonly executor = inProcessKind.name;
  readonly savesNetworks = false;
  readonly code = NO_CODE;
  readonly reportSource = null;
  readonly #train: TrainFunction<Parameters>;

  constructor(
    train: TrainFunction<Parameters>,
    readonly identity: InlineIdentity & TrainerFingerprint,
  ) {
    this.#train = train;
  }

  get fingerprint(): TrainerFingerprint {
    return this.identity;
  }

  async check(): Promise<null> {
    return null;
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
    return { kind: 'object', trainer: createFunctionTrainer(this.#train, { dataset, places }, errors) };
  }
}
