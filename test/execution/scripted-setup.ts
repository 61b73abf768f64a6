import { fileURLToPath } from 'node:url';
import type { WorkerSetup } from '../../src/execution/threads/worker-message.js';
import { moduleTrainerModule } from '../../src/trainers/module/module-trainer-module.js';

/** A setup whose trainer does what the trial's parameters say. */
export const scriptedSetup: WorkerSetup = {
  trainer: moduleTrainerModule({
    path: fileURLToPath(new URL('fixtures/scripted-trainer.js', import.meta.url)),
  }),
  seed: 7,
  metric: { name: 'val_loss', goal: 'minimize' },
};
