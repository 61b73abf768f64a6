import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { readConfig } from '../../config/load-config.js';
import { fewTestRows } from '../../config/starter/data-section.js';
import { leakNotices, STARTER_SEED, starterConfig } from '../../config/starter/starter-config.js';
import type { StarterEffort } from '../../config/starter/starter-plan.js';
import { holdsFormattedNumbers } from '../../data/inspect/formatted-numbers.js';
import {
  columnNamed,
  type InspectedTable,
  inspectTable,
  type Proposal,
  propose,
  readTestTable,
} from '../../data/inspect/inspect-table.js';
import type { ColumnProfile } from '../../data/inspect/profile.js';
import { allColumns, type Table } from '../../data/table/table.js';
import { errorCode } from '../../text/error-message.js';
import { errorReason } from '../../text/error-reason.js';
import { formatList } from '../../text/list.js';
import { formatCount } from '../../text/number.js';
import { escapeControls, quote } from '../../text/quote.js';
import { shellWord } from '../../text/shell-word.js';
import { planForBudget } from '../output/plan-for-budget.js';
import { withReadingLine } from '../output/progress-line.js';

interface InitFlags {
  readonly output?: string;
  readonly target?: string;
  /** Milliseconds that the campaign may take. */
  readonly budget?: number;
}

/** Looks at a table and writes a config for it that is ready to run. */
export async function initCommand(path: string, flags: InitFlags): Promise<void> {
  const name = nameFor(path);
  const output = flags.output ?? `${name}.yaml`;
  if (output !== '-' && existsSync(output)) throw existing(output);
  const inspected = await withReadingLine((watch) => inspectTable(resolve(path), watch));
  const { target, chosen } = await wanted(inspected, flags.target);
  const test = await testFileFor(inspected);
  const proposal = propose(inspected, target, test?.table ?? null, STARTER_SEED);
  const from = output === '-' ? process.cwd() : dirname(resolve(output));
  const inConfig = (file: string): string => relative(from, file) || file;
  const config = output === '-' ? `${name}.yaml` : output;
  const textFor = (effort: StarterEffort, time: string | null): string =>
    starterConfig({
      name,
      inspected,
      proposal,
      chosen,
      path: inConfig(inspected.path),
      test: test && inConfig(test.path),
      command: `fitfirst run ${shellWord(relative('', resolve(config)) || config)}`,
      effort,
      time,
    });
  const planned =
    flags.budget === undefined
      ? null
      : await planForBudget(flags.budget, (effort) => textFor(effort, null), { folder: from, name });
  const text = textFor(planned?.effort ?? 'standard', planned?.sentence ?? null);
  // Checked against the schema: a mistake in it would be a bug.
  readConfig(text, config);
  if (output === '-') {
    process.stdout.write(text);
    return;
  }
  await write(output, text);
  const guess = chosen.by === 'guess' ? ` (a guess: ${chosen.because}; --target NAME takes another)` : '';
  process.stdout.write(
    `${escapeControls(output)}: written. The target is ` +
      `${escapeControls(target.name)}${guess}.\n${notices(inspected, proposal)}` +
      `${planned === null ? '' : `${planned.sentence}\n`}Next: fitfirst run ${shellWord(output)}\n`,
  );
}

/** What a person should know before the first run. */
function notices({ skipped, notation, table }: InspectedTable, proposal: Proposal): string {
  const { missingCells, missingTexts, drop } = proposal;
  const lines = skipped.map(({ line, because }) => `Line ${line} ${because}. skip_lines skips it.`);
  const missing =
    missingCells === 0
      ? []
      : [
          `${formatCount(missingCells, 'cell')} of the inputs ${missingCells === 1 ? 'is' : 'are'} missing; \
the config says how they are filled.`,
        ];
  const leftOut = drop
    .filter(({ column }) => holdsFormattedNumbers(column.column))
    .map(({ column, because }) => `Left out: ${escapeControls(column.name)}: ${because}.`);
  if (notation !== null) lines.push(`${escapeControls(notation.because)}. The config says so.`);
  const units = allColumns(table).flatMap(({ name, unit }) =>
    unit === null ? [] : [`${quote(name)} ${quote(unit)}`],
  );
  if (units.length > 0)
    lines.push(
      `Numbers have a unit, which is not part of the value: ${formatList(units)}. The config says so.`,
    );
  return [
    ...lines,
    ...missingTexts,
    ...missing,
    ...leftOut,
    ...leakNotices(proposal),
    ...fewTestRows(proposal),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The name of the file without its endings, fit for the name of a campaign. */
function nameFor(path: string): string {
  const stem = basename(path).replace(/\.gz$/i, '');
  const name = basename(stem, extname(stem))
    .replace(/[\p{Cc}/\\]/gu, '-')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80);
  return name === '' ? 'campaign' : name;
}

type Chosen = { readonly by: 'person' } | { readonly by: 'guess'; readonly because: string };

async function wanted(
  inspected: InspectedTable,
  named: string | undefined,
): Promise<{ target: ColumnProfile; chosen: Chosen }> {
  if (named !== undefined) return { target: columnNamed(inspected, named), chosen: { by: 'person' } };
  const { guess } = inspected;
  const answer = await asked(inspected);
  if (answer !== '') return { target: columnNamed(inspected, answer), chosen: { by: 'person' } };
  if (guess === null) {
    throw new FitfirstError(
      'USAGE_INVALID',
      `${escapeControls(inspected.path)}: cannot guess which column is the target. Name it: ` +
        '--target NAME, or its index from 0.',
    );
  }
  return { target: guess.target, chosen: { by: 'guess', because: guess.because } };
}

/** Asks for the target at a terminal; an empty answer takes the guess. */
async function asked({ guess, profiles }: InspectedTable): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY || process.env.CI) return '';
  const names = profiles.map((profile) => escapeControls(profile.name));
  const shown = names.length > 30 ? [...names.slice(0, 29), `${names.length - 29} more`] : names;
  process.stderr.write(`Columns: ${shown.join(', ')}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const preset = guess === null ? '' : ` [${escapeControls(guess.target.name)}: ${guess.because}]`;
    return (await terminal.question(`Which column is the target?${preset} `)).trim();
  } finally {
    terminal.close();
  }
}

/**
 * A file in the same folder that is named as the table's test part and has the same columns: train.csv and test.csv,
 * .tra and .tes.
 */
async function testFileFor(inspected: InspectedTable): Promise<{ path: string; table: Table } | null> {
  const { path } = inspected;
  const folder = dirname(path);
  const own = basename(path);
  const wanted = new Set([
    own.replace(/\.tra(\.gz)?$/, '.tes$1'),
    own.replace(/train(ing)?/, 'test'),
    own.replace(/Train(ing)?/, 'Test'),
  ]);
  wanted.delete(own);
  if (wanted.size === 0) return null;
  const found = (await readdir(folder)).find((name) => wanted.has(name));
  if (found === undefined) return null;
  const test = join(folder, found);
  const table = await readTestTable(inspected, test);
  return table && { path: test, table };
}

function existing(path: string): FitfirstError {
  return new FitfirstError(
    'USAGE_INVALID',
    `${escapeControls(path)}: this file exists already and is not overwritten. Name another ` +
      'with -o FILE, or print the config with -o -.',
  );
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') {
      throw existing(path);
    }
    throw new FitfirstError(
      'USAGE_INVALID',
      `${escapeControls(path)}: cannot be written: ${errorReason(error)}. Name another file with -o FILE.`,
      { cause: error },
    );
  }
}
