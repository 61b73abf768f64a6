import type { TrainerModule } from '../../execution/trainer-module.js';
import { entryUrl } from '../../platform/entry-url.js';
import type { ModuleTrainerData } from './module-trainer-entry.js';

const entry = entryUrl('module-trainer-entry', import.meta.url);

/** A module of the user as a trainer module: threads load fitfirst's entry, and that loads the user's file. */
export function moduleTrainerModule(data: ModuleTrainerData): TrainerModule {
  return { url: entry.url.href, data };
}
