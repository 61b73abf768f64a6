import { FitfirstError } from '../campaign/fitfirst-error.js';
import { describeValue } from '../text/describe-value.js';
import { createInlineKind, INLINE_TRAINER } from '../trainers/inline/inline-kind.js';
import { isTrainFunction, type TrainFunction } from '../trainers/train-function.js';
import type { TrainerKind } from '../trainers/trainer-kind.js';
import type { ProgramPart } from './program-part.js';

/**
 * A function of the program as a trainer. It runs in this process, so a trial that computes without a pause holds up
 * the others; a module runs in threads. An async generator yields a report after each epoch; an async function returns
 * one report.
 *
 * The campaign has to notice when the function changes, so that it does not mix results. `version` says so: raise it
 * whenever a change to the function, or to anything that it uses, changes results. Without a version, the hash of the
 * function's text counts. That notices an edit of the function, but not of what it calls, imports or captures. A
 * campaign does not go on with another version or text: it ends with CONFIG_CHANGED.
 */
export type InlineTrainerConfig<P> =
  | TrainFunction<P>
  | { readonly train: TrainFunction<P>; readonly version?: string | number };

/** The trainer of a config: a function of the program, or what a file might hold. */
export function trainerPart(trainer: unknown): ProgramPart<TrainerKind> {
  if (isTrainFunction(trainer)) return { value: INLINE, kind: createInlineKind(trainer) };
  if (typeof trainer !== 'object' || trainer === null || !('train' in trainer))
    return { value: trainer, kind: null };
  const { train, version, ...others }: { readonly train: unknown; readonly version?: unknown } = trainer;
  if (!isTrainFunction(train)) throw invalid(`train is ${describeValue(train)}; expected a function.`);
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(`${other} does not go with train. Known keys: train and version.`);
  if (version === undefined) return { value: INLINE, kind: createInlineKind(train) };
  if (typeof version !== 'string' && typeof version !== 'number')
    throw invalid(`version is ${describeValue(version)}; expected a text or a number.`);
  return { value: INLINE, kind: createInlineKind(train, { version }) };
}

/** What the config says of a function: nothing, since no file can hold it. */
const INLINE = { [INLINE_TRAINER]: {} };

function invalid(sentence: string): FitfirstError {
  return new FitfirstError('CONFIG_INVALID', `trainer  trainer.${sentence}`);
}
