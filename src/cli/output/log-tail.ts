import { closeSync, fstatSync, readdirSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TrialKey } from '../../campaign/trial.js';
import { NotRegularFile, openRegularFile } from '../../platform/regular-file.js';
import { systemErrorCode } from '../../platform/system-error.js';
import type { LogTail } from '../../views/log-tail.js';

const TAIL_BYTES = 4096;

/** The last lines that a trial of a results folder printed; null where it has no log, or none that can be read. */
export function logTail(folder: string, trial: TrialKey): LogTail | null {
  try {
    const logs = join(folder, 'logs');
    const name = readdirSync(logs).find((file) => file.endsWith(`-${trial.slice(0, 12)}.log`));
    if (name === undefined) return null;
    const path = join(logs, name);
    return { path: shortest(path), lines: lastLines(path) };
  } catch (error) {
    if (systemErrorCode(error) !== null || error instanceof NotRegularFile) return null;
    throw error;
  }
}

/** From where fitfirst was started, unless that leads out of there. */
function shortest(path: string): string {
  const near = relative('', path);
  return near.startsWith('..') ? path : near;
}

function lastLines(path: string): string[] {
  const file = openRegularFile(path);
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const lines = bytes.toString('utf8', 0, read).split(/\r?\n/);
    // The first line may have been cut in its middle.
    return lines.slice(size > bytes.length ? 1 : 0).filter((line) => line !== '');
  } finally {
    closeSync(file);
  }
}
