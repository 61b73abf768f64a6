import { z } from 'zod';
import { readRecord, writeRecord } from './binary-record.js';

/** The state of a trial after its last epoch: all that a longer trial needs to go on with the same bits. */
interface Checkpoint {
  readonly epoch: number;
  /** The epochs over which the learning rate's schedule runs; null if the rate is constant. */
  readonly horizon: number | null;
  /** The engine's: weights and optimiser. */
  readonly state: Float64Array;
  /** The best epoch so far by the campaign's metric; null before any. */
  readonly best: Best | null;
}

/** An epoch, its value of the metric, and its weights where they are wanted at the end. */
export interface Best {
  readonly epoch: number;
  readonly value: number;
  readonly weights: Float64Array | null;
}

const KIND = 'FITCHK02';

const header = z.object({
  epoch: z.int().min(1),
  horizon: z.int().min(1).nullable(),
  state: z.int().min(0),
  best: z.object({ epoch: z.int().min(1), value: z.number(), hasWeights: z.boolean() }).nullable(),
});

/** The checkpoint as bytes. */
export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { epoch, horizon, state, best } = checkpoint;
  const kept = best?.weights ?? new Float64Array(0);
  const numbers = new Float64Array(state.length + kept.length);
  numbers.set(state);
  numbers.set(kept, state.length);
  const fields: z.input<typeof header> = {
    epoch,
    horizon,
    state: state.length,
    best: best && { epoch: best.epoch, value: best.value, hasWeights: best.weights !== null },
  };
  return writeRecord(KIND, fields, numbers);
}

/** Reads what `writeCheckpoint` wrote. Throws RangeError on anything else. */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const record = readRecord(KIND, bytes);
  const parsed = header.safeParse(record?.header);
  if (record === null || !parsed.success) throw new RangeError('these bytes are no checkpoint of a trial');
  const { epoch, horizon, state, best } = parsed.data;
  return {
    epoch,
    horizon,
    state: record.numbers.slice(0, state),
    best: best && {
      epoch: best.epoch,
      value: best.value,
      weights: best.hasWeights ? record.numbers.slice(state) : null,
    },
  };
}
