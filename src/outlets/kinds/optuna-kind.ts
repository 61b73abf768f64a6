import { join } from 'node:path';
import { z } from 'zod';
import { defineOutletKind } from './outlet-kind.js';

/** The file in the results folder. */
const FILE = 'optuna.log';

/** A study in a journal file of Optuna. */
export const optunaKind = defineOutletKind({
  name: 'optuna',
  schema: z
    .strictObject({})
    .describe('`optuna.log`, a study as a journal file of Optuna, for its dashboard and plots.'),
  async create(_, { folder, snapshot, giveUp }) {
    const { OptunaOutlet } = await import('../optuna/optuna-outlet.js');
    const { ReplayedFile } = await import('../replayed-file.js');
    return new OptunaOutlet(new ReplayedFile(join(folder, FILE)), snapshot, giveUp);
  },
  async export({ output, snapshot, print }) {
    if (output !== null) {
      const { OptunaOutlet } = await import('../optuna/optuna-outlet.js');
      const { ReplayedFile } = await import('../replayed-file.js');
      return new OptunaOutlet(new ReplayedFile(output), snapshot, null);
    }
    const { OptunaStudy } = await import('../optuna/optuna-study.js');
    const study = new OptunaStudy();
    return {
      name: 'optuna',
      onEntry: (entry) => print(study.linesFor(entry, snapshot())),
      finish() {},
    };
  },
});
