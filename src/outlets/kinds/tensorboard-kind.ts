import { join } from 'node:path';
import { z } from 'zod';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { defineOutletKind } from './outlet-kind.js';

/** The folder in the results folder. */
const FOLDER = 'tensorboard';

/** Event files of TensorBoard. */
export const tensorBoardKind = defineOutletKind({
  name: 'tensorboard',
  schema: z
    .strictObject({})
    .describe('`tensorboard/`, event files with a run for each trial, also for the plugin HParams.'),
  async create(_, { folder, snapshot, giveUp }) {
    const { TensorBoardOutlet } = await import('../tensorboard/tensorboard-outlet.js');
    return new TensorBoardOutlet(join(folder, FOLDER), snapshot, giveUp);
  },
  async export({ output, snapshot }) {
    if (output === null)
      throw new FitfirstError(
        'USAGE_INVALID',
        'TensorBoard reads a folder. Name a new one, as in --format tensorboard --output runs/titanic.',
      );
    const { TensorBoardOutlet } = await import('../tensorboard/tensorboard-outlet.js');
    return new TensorBoardOutlet(output, snapshot, null);
  },
});
