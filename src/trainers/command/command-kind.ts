import { resolve } from 'node:path';
import type { Json } from '../../campaign/canonical-json.js';
import type { SearchSpace } from '../../campaign/search-space.js';
import { DEFAULT_KEPT_CHECKPOINTS, type KeptCheckpoints } from '../../execution/checkpoint-store.js';
import type { CommandOptions, ReportSource } from '../../execution/command-options.js';
import type { TrainerProgram } from '../../execution/trainer-program.js';
import { formatBytes } from '../../text/bytes.js';
import { maskValues } from '../../text/masked-value.js';
import { escapeControls } from '../../text/quote.js';
import type { TrainerProblem } from '../resolved-trainer.js';
import { resolveTrainerCode, type TrainerCode, versionFingerprint } from '../trainer-code.js';
import { defineTrainerKind } from '../trainer-kind.js';
import { UserTrainer, userTrainerTraits } from '../user-trainer.js';
import { commandsKind } from './commands-kind.js';
import { checkProgram } from './invocation/check-program.js';
import { exampleCommand, shownCommand } from './invocation/example-command.js';
import { findProgram, startedProgram } from './invocation/find-program.js';
import { commandSchema } from './options/command-schema.js';
import { resolveCommand } from './options/resolve-command.js';

/** A program of the user, started once for every trial. */
export const commandKind = defineTrainerKind({
  ...userTrainerTraits,
  kind: 'command',
  example: '{command: [python3, train.py]}',
  rootKeys: ['command', 'program'],
  schema: commandSchema,
  form: 'command',
  label: 'program',
  resolve(input, context) {
    const options = resolveCommand(input, context);
    const words = [options.program, ...options.command].flatMap((word) => word ?? []);
    const named = words.map((word) => resolve(options.cwd, word));
    return new CommandTrainer(options, resolveTrainerCode(input, named, context));
  },
});

class CommandTrainer extends UserTrainer {
  readonly kind = 'command';
  readonly executor = commandsKind.name;

  constructor(
    readonly options: CommandOptions,
    readonly code: TrainerCode,
  ) {
    super();
  }

  get fingerprint(): { readonly [key: string]: Json } {
    const { command, program, report, evaluate, configFiles, env } = this.options;
    return {
      command,
      program,
      report: reportFingerprint(report),
      ...(evaluate && { evaluate: { ...evaluate } }),
      ...(configFiles && { config_files: configFiles.map((file) => ({ ...file })) }),
      env: maskValues(env),
      ...versionFingerprint(this.code),
    };
  }

  /** A hash, in which the values themselves count. */
  override get identity(): Json {
    return { ...this.fingerprint, env: this.options.env };
  }

  get secrets(): Readonly<Record<string, string>> {
    return this.options.env;
  }

  get keptCheckpoints(): KeptCheckpoints {
    return this.options.keep ?? DEFAULT_KEPT_CHECKPOINTS;
  }

  override get reportSource(): ReportSource {
    return this.options.report;
  }

  override async check(space: SearchSpace): Promise<TrainerProblem | null> {
    const sentence = checkProgram(this.options, exampleCommand(this.options, space));
    return sentence === null ? null : { path: ['trainer', 'command'], sentence };
  }

  /** The command as the first trial might be started, and which program of that name it is. */
  override describe(space: SearchSpace): string[] {
    const words = exampleCommand(this.options, space);
    const program = startedProgram(words);
    const { cwd, env } = this.options;
    const found = findProgram(program, cwd, env.PATH ?? process.env.PATH ?? '');
    const shown = shownCommand(this.options, space);
    const lines = [`  command    ${shown.map(quotedForShell).join(' ')}`];
    if (found.kind === 'found' && found.path !== program)
      lines.push(`             ${program} is ${found.path}`);
    const { which, limit } = this.keptCheckpoints;
    if (which !== 'none') lines.push(`  keep       ${KEPT[which]}, at most ${formatBytes(limit)} on disk`);
    return lines;
  }

  program(): TrainerProgram {
    return { kind: 'command', options: this.options };
  }
}

const KEPT = {
  all: 'the checkpoints of all trials that train all of their epochs',
  best: 'the checkpoint of the final trial of the chosen setting',
} as const;

function reportFingerprint(report: ReportSource): Json {
  if (report.kind !== 'several') return { ...report };
  return { kind: report.kind, sources: report.sources.map((source) => ({ ...source })) };
}

/** A word so that nobody takes two for one; no shell reads it. */
const quotedForShell = (word: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${escapeControls(word)}'`;
