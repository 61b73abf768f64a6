import { fileURLToPath } from 'node:url';
import type { Metric } from '../../campaign/metric.js';
import type { TrainerModule } from '../../execution/trainer-module.js';
import { entryUrl } from '../../platform/entry-url.js';
import { moduleTrainerModule } from '../../trainers/module/module-trainer-module.js';

/** What an executor needs to run the scripted trainer of the contract. */
export const scriptedProgram: {
  readonly program: { readonly kind: 'module' } & TrainerModule;
  readonly seed: number;
  readonly metric: Metric;
} = {
  program: {
    kind: 'module',
    ...moduleTrainerModule({
      path: fileURLToPath(entryUrl('scripted-trainer', import.meta.url).url),
      dataset: null,
    }),
  },
  seed: 7,
  metric: { name: 'val_loss', goal: 'minimize' },
};
