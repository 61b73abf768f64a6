import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { TrialKey } from '../campaign/trial.js';
import { systemErrorCode } from '../journal/system-error.js';

const tailBytes = 4096;

/** The last lines that a trial of a results folder printed; none where it has no log, or none that can be read. */
export function logTail(folder: string, trial: TrialKey): string[] {
  try {
    const logs = join(folder, 'logs');
    const name = readdirSync(logs).find((file) => file.endsWith(`-${trial.slice(0, 12)}.log`));
    return name === undefined ? [] : lastLines(join(logs, name));
  } catch (error) {
    if (systemErrorCode(error) !== null) return [];
    throw error;
  }
}

function lastLines(path: string): string[] {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const lines = bytes.toString('utf8', 0, read).split(/\r?\n/);
    // The first line may have been cut in its middle.
    return lines.slice(size > bytes.length ? 1 : 0).filter((line) => line !== '');
  } finally {
    closeSync(file);
  }
}
