import type { Argument, Command, Option } from 'commander';
import { createProgram } from '../src/cli/program.js';
import { KEYS } from '../src/views/screen/pages/help-entries.js';

const INTRO = `# Commands

Every command of \`fitfirst\` with its arguments and options, and the keys of the screen. This page is generated from
the help texts by \`npm run docs:commands\`. \`fitfirst COMMAND --help\` prints the same for one command. Arguments in
\`<angle brackets>\` are required, those in \`[square brackets]\` are optional. \`fitfirst --version\` prints the
version; with \`--verbose\` it also names the [engine](performance.md#engines) that trains the built-in network.`;

/** An example, and what a table cannot say, by the name of the command. */
const NOTES: Readonly<Record<string, string>> = {
  run: 'A campaign that was interrupted resumes with the same command. [Dry run](dry-run.md) explains `--dry-run`.',
  compare: '[Compare](compare.md) explains the table, the replays and the verdict.',
  init: '    fitfirst init titanic.csv --target Survived',
  watch: '`watch` cannot change the campaign. If you end it, the campaign keeps running.',
  export: `The tables \`trials\` and \`epochs\` are those of [trials.csv and epochs.csv](results.md). \`stages\` has one
row per setting and stage, and \`importance\` one per [parameter and pair of parameters](importance.md).
\`diagnosis\` has one row per [diagnosis](diagnosis.md).
\`jsonl\` is one JSON object per line.

    fitfirst export results/titanic --table epochs --format jsonl > epochs.jsonl

\`optuna\`, \`tensorboard\` and \`mlflow\` export all of a campaign for [other tools](outlets.md).`,
  predict: '    fitfirst predict results/titanic new.csv -o predictions.csv',
  'test-report': '[Report patterns](report-patterns.md) explains patterns.',
};

const KEYS_INTRO = `## Keys of the screen

\`run\` and \`watch\` show the screen in a terminal (\`--view tui\`). In \`watch\`, keys that change the campaign have
no effect.`;

/** docs/commands.md: the commands from their help texts, then the keys of the screen. */
export function formatCommandsPage(): string {
  const commands = createProgram().commands.map(formatCommand);
  const keys = table(
    ['key', 'effect'],
    KEYS.map(([key, meaning]) => [`\`${key}\``, meaning]),
  );
  return `${[INTRO, ...commands, KEYS_INTRO, keys].join('\n\n')}\n`;
}

function formatCommand(command: Command): string {
  const words = command.registeredArguments.map(formatArgument);
  const usage = ['fitfirst', command.name(), ...words, ...(command.options.length > 0 ? ['[options]'] : [])];
  const rows = [
    ...command.registeredArguments.map((one) => [code(formatArgument(one)), withDefault(one)]),
    ...command.options.map((one) => [code(one.flags), withDefault(one)]),
  ];
  const note = NOTES[command.name()];
  return [
    `## ${command.name()}`,
    `    ${usage.join(' ')}`,
    `${capitalise(command.description())}.`,
    table(['argument or option', 'meaning'], rows),
    ...(note === undefined ? [] : [note]),
  ].join('\n\n');
}

const code = (text: string): string => `\`${text}\``;
const capitalise = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const formatArgument = (one: Argument): string => (one.required ? `<${one.name()}>` : `[${one.name()}]`);

function withDefault({ description, defaultValue, argChoices }: Argument | Option): string {
  const choices = argChoices === undefined ? '' : `: ${argChoices.map(code).join(', ')}`;
  const initial = defaultValue === undefined ? '' : ` (default: ${code(String(defaultValue))})`;
  return `${description.replaceAll('<', '\\<')}${choices}${initial}`;
}

/** A table in Markdown. A vertical bar in a cell is escaped. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
