import { mlpKind } from '../mlp/kind/mlp-kind.js';
import { nearestName } from '../text/nearest-name.js';
import { commandKind } from '../trainers/command/command-kind.js';
import { moduleKind } from '../trainers/module/module-kind.js';
import type { TrainerKind } from '../trainers/trainer-kind.js';

/** The trainer of a config that names none. */
export const defaultTrainerKind: TrainerKind = mlpKind;

/** The trainers that a config can name. A new one is a file and a line here. */
export const trainerKinds: readonly TrainerKind[] = [mlpKind, moduleKind, commandKind];

/**
 * The kind that a config means, whatever else may be wrong with it: by the word or the key under `trainer`, else by
 * keys at the root that belong to a kind. In a mapping without any known key, a misspelt one decides; else it counts as
 * the first kind that takes a mapping.
 */
export function chooseTrainerKind(config: unknown, kinds: readonly TrainerKind[]): TrainerKind {
  if (typeof config !== 'object' || config === null) return defaultTrainerKind;
  if (!('trainer' in config))
    return (
      kinds.find(({ rootKeys }) => rootKeys.some((key) => Object.hasOwn(config, key))) ?? defaultTrainerKind
    );
  const { trainer } = config;
  if (typeof trainer !== 'object' || trainer === null || Array.isArray(trainer))
    return kinds.find(({ kind, isMapping }) => !isMapping && kind === trainer) ?? defaultTrainerKind;
  const mappings = kinds.filter(({ isMapping }) => isMapping);
  const names = mappings.map(({ kind }) => kind);
  const meant = Object.keys(trainer).map((key) => nearestName(key, names));
  return (
    mappings.find(({ kind }) => Object.hasOwn(trainer, kind)) ??
    mappings.find(({ kind }) => meant.includes(kind)) ??
    mappings[0] ??
    defaultTrainerKind
  );
}
