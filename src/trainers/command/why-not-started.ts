import { closeSync, readSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import { isFolderAt } from '../../platform/path-kind.js';
import { openRegularFile } from '../../platform/regular-file.js';
import { quote } from '../../text/quote.js';
import { findProgram } from './invocation/find-program.js';

/** What was to be started, and where. */
interface StartedCourse {
  readonly argv: readonly string[];
  readonly options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> };
}

/** Bytes in which the first line of a script ends. */
const FIRST_LINE_BYTES = 256;

/** Why the system did not start a command, in words, given the message of Node (`spawn ./train.sh ENOENT`). */
export function whyNotStarted(message: string, course: StartedCourse): string {
  const [, code] = /^spawn .*\b(E[A-Z0-9]+)$/s.exec(message) ?? [];
  if (code === undefined) return message;
  if (code === 'ENOENT') return whatIsMissing(course);
  const known = [...getSystemErrorMap().values()].find(([name]) => name === code);
  return known === undefined ? message : `${known[1]} (${code})`;
}

/** The system gives the same code if the folder, the program or the program's interpreter is not there. */
function whatIsMissing({ argv, options }: StartedCourse): string {
  const { cwd, env } = options;
  if (!isFolderAt(cwd)) return `its folder ${quote(cwd)} is not there`;
  const [program = ''] = argv;
  const found = findProgram(program, cwd, env.PATH ?? process.env.PATH ?? '');
  if (found.kind === 'absent') return `there is no program ${quote(program)}`;
  const interpreter = interpreterOf(found.path);
  return interpreter === null
    ? `a program that ${quote(program)} needs is not there`
    : `the first line of ${quote(program)} names ${quote(interpreter)}, which is not there`;
}

/** What the first line of a script (`#!/bin/sh`) names; null if the file is no script. */
function interpreterOf(path: string): string | null {
  try {
    const file = openRegularFile(path);
    try {
      const start = Buffer.alloc(FIRST_LINE_BYTES);
      const length = readSync(file, start, 0, start.length, 0);
      return /^#!\s*(\S+)/.exec(start.toString('utf8', 0, length))?.[1] ?? null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null; // it may be a link, or only be executed
  }
}
