import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome, TrialCheckpoint } from '../campaign/outcome.js';
import type { TrialSpec } from '../campaign/trial.js';
import { checkpointName, checkpointsFolder } from '../execution/checkpoint-path.js';
import type { Executor } from '../execution/executor.js';
import { errorMessage } from '../text/error-message.js';
import { packDirectory, unpackDirectory } from './directory-archive.js';
import { MAX_PAYLOAD_BYTES } from './limits.js';

/** Where an executor of programs keeps checkpoint directories, and who hears what cannot be sent. */
export interface CheckpointPlaces {
  /** Absolute path of the worker's folder. */
  readonly folder: string;
  /** The training identity. */
  readonly identity: string;
  readonly onMessage: (message: string) => void;
}

/**
 * Makes checkpoint directories of programs part of the checkpoints that a worker receives and returns, so that a
 * longer trial goes on at any worker. The first byte is the state of the executor, and the directory follows. A
 * checkpoint that cannot be sent or read is left out: the longer trial then trains from the start, with the same
 * result.
 */
export function withTravellingCheckpoints(executor: Executor, places: CheckpointPlaces): Executor {
  const { folder, identity, onMessage } = places;
  const pathOf = (spec: TrialSpec): string => join(checkpointsFolder(folder), checkpointName(identity, spec));

  const receive = async (spec: TrialSpec, from: TrialCheckpoint): Promise<TrialCheckpoint | null> => {
    const path = pathOf({ ...spec, epochs: from.epochs });
    // Filled elsewhere first: another trial may read the directory now.
    const filling = `${path}-${randomUUID()}`;
    try {
      await mkdir(filling, { recursive: true });
      await unpackDirectory(from.state.subarray(1), filling);
      await rm(path, { recursive: true, force: true });
      await rename(filling, path);
      return { ...from, state: from.state.slice(0, 1) };
    } catch (error) {
      await rm(filling, { recursive: true, force: true });
      onMessage(
        `A trial trains from the start, because its checkpoint cannot be used: ${errorMessage(error)}.`,
      );
      return null;
    }
  };

  const send = async (spec: TrialSpec, checkpoint: TrialCheckpoint): Promise<TrialCheckpoint | null> => {
    try {
      const packed = await packDirectory(pathOf(spec), MAX_PAYLOAD_BYTES - 1);
      const state = new Uint8Array(1 + packed.length);
      state.set(checkpoint.state.subarray(0, 1));
      state.set(packed, 1);
      return { ...checkpoint, state };
    } catch (error) {
      onMessage(
        `A checkpoint directory stays on this worker: ${errorMessage(error)}. Longer trials train from the start.`,
      );
      return null;
    }
  };

  const run: Executor['run'] = async (spec, options): Promise<Outcome> => {
    const from = options.from ? await receive(spec, options.from) : null;
    const outcome = await executor.run(spec, { ...options, from });
    if (outcome.kind !== 'finished' || outcome.checkpoint === undefined) return outcome;
    const { checkpoint, ...rest } = outcome;
    const sent = await send(spec, checkpoint);
    return { ...rest, ...(sent !== null && { checkpoint: sent }) };
  };

  return {
    get slots() {
      return executor.slots;
    },
    onSlotsChange: (listener) => executor.onSlotsChange?.(listener) ?? (() => {}),
    run,
    [Symbol.asyncDispose]: () => executor[Symbol.asyncDispose](),
  };
}
