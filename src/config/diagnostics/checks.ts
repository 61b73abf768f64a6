import type { TrainerKind } from '../../trainers/trainer-kind.js';
import type { ConfigSchema } from '../schema/json-schema.js';
import type { Structure } from '../schema/structure.js';
import { isBroken } from './broken-parts.js';
import type { ConfigDocument } from './config-document.js';
import type { ConfigPath, Diagnostic } from './diagnostic.js';

/** Collects what is wrong beyond the form of single values. */
export interface Checks {
  readonly document: ConfigDocument;
  /** The trainer that the config means. */
  readonly trainerKind: TrainerKind;
  /** What a config with this trainer may contain. */
  readonly schema: ConfigSchema;
  readonly problems: readonly Diagnostic[];
  /** Adds a problem, unless the part is broken already: then enough has been said of it. */
  report(path: ConfigPath, sentence: string, at?: 'key' | 'value'): void;
  isBroken(path: ConfigPath): boolean;
  /** Counts a part as broken, so that nothing follows from its absence. */
  markInvalid(path: ConfigPath): void;
}

export function createChecks(document: ConfigDocument, structure: Structure): Checks {
  const problems: Diagnostic[] = [];
  const broken = [...structure.broken];
  return {
    document,
    trainerKind: structure.trainerKind,
    schema: structure.schema,
    problems,
    report(path, sentence, at = 'value') {
      if (isBroken(path, broken)) return;
      problems.push({ place: document.placeOf(path, at), sentence });
    },
    isBroken: (path) => isBroken(path, broken),
    markInvalid: (path) => broken.push(path),
  };
}
