import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandOptions } from '../../../execution/command-options.js';
import { quote } from '../../../text/quote.js';
import { findProgram, startedProgram } from './find-program.js';

/**
 * Why the program of a command cannot be started on this machine; null where it can. `words` is the command, expanded.
 */
export function checkProgram(options: CommandOptions, words: readonly string[]): string | null {
  return whyNot(options, startedProgram(words));
}

function whyNot({ cwd, env }: CommandOptions, program: string): string | null {
  const found = findProgram(program, cwd, env.PATH ?? process.env.PATH ?? '');
  const runner = runnerOf(program);
  const byRunner = runner === null ? '' : `, or name what runs it: [${runner}, ${program}, ...]`;
  switch (found.kind) {
    case 'found':
      return null;
    case 'not-executable':
      return (
        `trainer.command starts ${found.path}, which may not be executed. Allow it (chmod +x ` +
        `${program})${byRunner}.`
      );
    case 'absent':
      if (program.includes('/'))
        return `trainer.command starts ${resolve(cwd, program)}, and there is no such file.`;
      return existsSync(resolve(cwd, program))
        ? `trainer.command starts ${quote(program)}, which is not in PATH. Write ./${program} for ` +
            `the file in ${cwd}${byRunner}.`
        : `trainer.command starts ${quote(program)}, and there is no such program in PATH.`;
    default:
      return found satisfies never;
  }
}

/** What runs a file of this kind. */
function runnerOf(program: string): string | null {
  switch (/\.(\w+)$/.exec(program)?.[1]) {
    case 'py':
      return 'python3';
    case 'sh':
      return 'sh';
    case 'js':
    case 'mjs':
      return 'node';
    case 'R':
    case 'r':
      return 'Rscript';
    case 'jl':
      return 'julia';
    default:
      return null;
  }
}
