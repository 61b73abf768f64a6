import type { Structure } from '../schema/structure.js';
import { isBroken } from './broken-parts.js';
import type { ConfigDocument } from './config-document.js';
import type { ConfigPath, Diagnostic } from './diagnostic.js';

/** Collects what is wrong beyond the form of single values. */
export interface Checks {
  readonly document: ConfigDocument;
  readonly problems: readonly Diagnostic[];
  /** Adds a problem, unless the part is broken already: then enough has been said of it. */
  report(path: ConfigPath, sentence: string, at?: 'key' | 'value'): void;
  isBroken(path: ConfigPath): boolean;
  /** Counts a part as broken, so that nothing follows from its absence. */
  markInvalid(path: ConfigPath): void;
}

export function createChecks(document: ConfigDocument, structure: Pick<Structure, 'broken'>): Checks {
  const problems: Diagnostic[] = [];
  const broken = [...structure.broken];
  return {
    document,
    problems,
    report(path, sentence, at = 'value') {
      if (isBroken(path, broken)) return;
      problems.push({ place: document.placeOf(path, at), sentence });
    },
    isBroken: (path) => isBroken(path, broken),
    markInvalid: (path) => broken.push(path),
  };
}
