import { closeSync, readFileSync } from 'node:fs';
import { openRegularFile } from '../../platform/regular-file.js';

const MAX_LINES = 5;
const MAX_CHARACTERS = 200;

/** The last lines of a log, cut where they are long; none if it cannot be read. */
export function endOfLog(path: string): string[] {
  let file: number;
  try {
    file = openRegularFile(path);
  } catch {
    return []; // nothing was printed, or the program put something else in its place
  }
  try {
    const lines = readFileSync(file, 'utf8').split(/[\r\n]+/);
    return lines
      .filter((line) => line.trim() !== '')
      .slice(-MAX_LINES)
      .map((line) => line.slice(0, MAX_CHARACTERS));
  } finally {
    closeSync(file);
  }
}
