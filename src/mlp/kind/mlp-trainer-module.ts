import type { TrainerModule } from '../../execution/trainer-module.js';
import { entryUrl } from '../../platform/entry-url.js';
import type { MlpTrainerData } from './mlp-trainer-entry.js';

const entry = entryUrl('mlp-trainer-entry', import.meta.url);

/** The built-in trainer as a trainer module. */
export function mlpTrainerModule(data: MlpTrainerData): TrainerModule {
  return { url: entry.url.href, data, isBuiltIn: true };
}
