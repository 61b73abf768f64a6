import { valueAt } from '../schema/describe-schema.js';
import type { ConfigDocument } from './config-document.js';
import { formatPath } from './diagnostic.js';

/** A config that is an object of a program: a diagnostic names the path of a value instead of a line. */
export function objectDocument(value: unknown): ConfigDocument {
  return {
    value,
    problems: [],
    placeOf: (path) => ({ path: formatPath(path) }),
    // A program does not tell 1 from 1.0: whole numbers are taken to be meant as such.
    writtenNumbers: () => [],
    isWrittenWhole: (path) => Number.isInteger(valueAt(value, path)),
  };
}
