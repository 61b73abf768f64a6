import { z } from 'zod';
import { readRecord, writeRecord } from './binary-record.js';

/** The state of a trial at the end of an epoch: all that it takes to go on with the same bits. */
interface Checkpoint {
  readonly epoch: number;
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

const KIND = 'FITCHK01';

const header = z.object({
  epoch: z.int().min(1),
  state: z.int().min(0),
  best: z.object({ epoch: z.int().min(1), value: z.number(), hasWeights: z.boolean() }).nullable(),
});

/** The checkpoint as bytes. */
export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { epoch, state, best } = checkpoint;
  const kept = best?.weights ?? new Float64Array(0);
  const numbers = new Float64Array(state.length + kept.length);
  numbers.set(state);
  numbers.set(kept, state.length);
  const fields: z.input<typeof header> = {
    epoch,
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
  const { epoch, state, best } = parsed.data;
  return {
    epoch,
    state: record.numbers.slice(0, state),
    best: best && {
      epoch: best.epoch,
      value: best.value,
      weights: best.hasWeights ? record.numbers.slice(state) : null,
    },
  };
}
