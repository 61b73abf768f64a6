import { deserialize, serialize } from 'node:v8';
import type { EpochCount } from '../execution/epoch-count.js';
import type { TrainerContext } from '../execution/trainer.js';
import type { TrainCheckpoint } from './train-function.js';

/** What a train function saves and loads, as the bytes of `node:v8`, which hold all that can be cloned. */
export function trainCheckpoint(
  { from, onCheckpoint }: Pick<TrainerContext, 'from' | 'onCheckpoint'>,
  epochs: number,
  epochCount: EpochCount,
): TrainCheckpoint {
  return {
    load() {
      if (from === null) return null;
      const state: unknown = deserialize(from.state);
      epochCount.goOnFrom(from.epochs);
      return { epoch: from.epochs, state };
    },
    save(state) {
      onCheckpoint?.({ epochs, reportsUpTo: epochs, state: serialize(state) });
    },
  };
}
