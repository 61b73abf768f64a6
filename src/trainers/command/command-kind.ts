import { resolve } from 'node:path';
import type { SearchSpace } from '../../campaign/search-space.js';
import type { CommandOptions, ReportSource } from '../../execution/command-options.js';
import type { TrainerProgram } from '../../execution/trainer-program.js';
import { escapeControls } from '../../text/quote.js';
import type { ResolvedTrainer, TrainerFingerprint, TrainerProblem } from '../resolved-trainer.js';
import { resolveTrainerCode, type TrainerCode, versionFingerprint } from '../trainer-code.js';
import { defineTrainerKind } from '../trainer-kind.js';
import { checkProgram } from './check-program.js';
import { commandSchema } from './command-schema.js';
import { commandsKind } from './commands-kind.js';
import { exampleCommand } from './example-command.js';
import { findProgram, startedProgram } from './find-program.js';
import { resolveCommand } from './resolve-command.js';

/** A program of the user, started once for every trial. */
export const commandKind = defineTrainerKind({
  kind: 'command',
  isMapping: true,
  example: '{command: [python3, train.py]}',
  rootKeys: ['command', 'program'],
  schema: commandSchema,
  form: 'command',
  label: 'program',
  needsData: false,
  isCheap: false,
  parameters: null,
  metrics: null,
  fixedParameters: () => ({}),
  taskProblems: () => [],
  resolve(input, context) {
    const options = resolveCommand(input, context);
    const words = [options.program, ...options.command].flatMap((word) => word ?? []);
    const named = words.map((word) => resolve(options.cwd, word));
    return new CommandTrainer(options, resolveTrainerCode(input, named, context));
  },
});

class CommandTrainer implements ResolvedTrainer {
  readonly kind = 'command';
  readonly executor = commandsKind.name;
  readonly savesNetworks = false;

  constructor(
    readonly options: CommandOptions,
    readonly code: TrainerCode,
  ) {}

  get fingerprint(): TrainerFingerprint & object {
    const { command, program, report, env } = this.options;
    return { command, program, report: { ...report }, env, ...versionFingerprint(this.code) };
  }

  get identity(): TrainerFingerprint & object {
    return this.fingerprint;
  }

  get reportSource(): ReportSource {
    return this.options.report;
  }

  async check(space: SearchSpace): Promise<TrainerProblem | null> {
    const sentence = checkProgram(this.options, exampleCommand(this.options, space));
    return sentence === null ? null : { path: ['trainer', 'command'], sentence };
  }

  /** The command as the first trial might be started, and which program of that name it is. */
  describe(space: SearchSpace): string[] {
    const words = exampleCommand(this.options, space);
    const program = startedProgram(words);
    const { cwd, env } = this.options;
    const found = findProgram(program, cwd, env.PATH ?? process.env.PATH ?? '');
    const lines = [`  command    ${words.map(quotedForShell).join(' ')}`];
    if (found.kind === 'found' && found.path !== program)
      lines.push(`             ${program} is ${found.path}`);
    return lines;
  }

  findings(): [] {
    return [];
  }

  costs(): null {
    return null;
  }

  program(): TrainerProgram {
    return { kind: 'command', options: this.options };
  }
}

/** A word so that nobody takes two for one; no shell reads it. */
const quotedForShell = (word: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${escapeControls(word)}'`;
