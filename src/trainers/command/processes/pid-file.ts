import { closeSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openRegularFile } from '../../../platform/regular-file.js';
import { processEntry } from './process-table.js';

const recordName = 'processes.jsonl';
const line = z.object({ pid: z.int().positive(), started: z.string() });

/** A process that was written down; number and start together mean one process for ever. */
export type PidFileEntry = z.output<typeof line>;

/**
 * Which processes run, in a file of the results folder that is only there during a run: for the run that comes after
 * this one's sudden end.
 */
export class PidFile {
  readonly #path: string;
  readonly #running = new Set<number>();
  #file: number | null = null;

  /** Starts an empty file. Read what an earlier run left there first. */
  constructor(folder: string) {
    this.#path = join(folder, recordName);
    attempt(() => {
      rmSync(this.#path, { recursive: true, force: true });
      this.#file = openSync(this.#path, 'ax');
    });
  }

  add(pid: number): void {
    const started = processEntry(pid)?.started;
    if (started === undefined) return; // it has ended already
    this.#running.add(pid);
    this.#change((file) => writeSync(file, `${JSON.stringify({ pid, started })}\n`));
  }

  /** To be called when everything that the process started has ended too. */
  remove(pid: number): void {
    if (!this.#running.delete(pid) || this.#running.size > 0) return;
    this.#change((file) => ftruncateSync(file));
  }

  close(): void {
    this.#change(closeSync);
    this.#file = null;
    attempt(() => rmSync(this.#path, { recursive: true, force: true }));
  }

  #change(change: (file: number) => void): void {
    const file = this.#file;
    if (file !== null) attempt(() => change(file));
  }
}

/** On a full disk a process is still watched by the run that started it, and found by its environment later. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Nothing depends on it as long as this process lives.
  }
}

/** What a run that ended suddenly has written down, ended processes among them. */
export function readPidFile(folder: string): PidFileEntry[] {
  return textOf(join(folder, recordName))
    .split('\n')
    .flatMap((text) => {
      const parsed = line.safeParse(parse(text));
      return parsed.success ? [parsed.data] : []; // a line that was cut short says nothing
    });
}

function textOf(path: string): string {
  try {
    const file = openRegularFile(path);
    try {
      return readFileSync(file, 'utf8');
    } finally {
      closeSync(file);
    }
  } catch {
    return ''; // the last run ended in order, or a program put something else there
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
