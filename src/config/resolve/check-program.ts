import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { escapeControls, quote } from '../../text/quote.js';
import type { CommandOptions } from '../../trainers/command/command-options.js';
import { findProgram, startedProgram } from '../../trainers/command/find-program.js';
import { diagnosticLines } from '../diagnostics/diagnostic.js';
import type { LoadedConfig } from '../load-config.js';
import { exampleCommand } from './example-command.js';

/** Throws CONFIG_INVALID where the program of a command cannot be started on this machine, as every trial would fail. */
export function checkProgram(loaded: LoadedConfig): void {
  const { trainer, space } = loaded.config;
  if (trainer.kind !== 'command') return;
  const sentence = whyNot(trainer.options, startedProgram(exampleCommand(trainer.options, space)));
  if (sentence === null) return;
  const place = loaded.document.placeOf(['trainer', 'command'], 'value');
  throw new FitfirstError(
    'CONFIG_INVALID',
    diagnosticLines(escapeControls(loaded.path), [{ place, sentence }]),
  );
}

function whyNot({ cwd, env }: CommandOptions, program: string): string | null {
  const found = findProgram(program, cwd, env.PATH ?? process.env.PATH ?? '');
  const runner = runnerOf(program);
  const byRunner = runner === null ? '' : `, or name what runs it: [${runner}, ${program}, ...]`;
  switch (found.kind) {
    case 'found':
      return null;
    case 'not-executable':
      return `trainer.command starts ${found.path}, which may not be executed. Allow it (chmod +x ${program})${byRunner}.`;
    case 'absent':
      if (program.includes('/'))
        return `trainer.command starts ${resolve(cwd, program)}, and there is no such file.`;
      return existsSync(resolve(cwd, program))
        ? `trainer.command starts ${quote(program)}, which is not in PATH. Write ./${program} for the file in ${cwd}${byRunner}.`
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
