import { Command, type CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../platform/version.js';
import { parseDuration } from '../text/duration.js';
import { exportCommand, exportFormats, exportTables } from './commands/export.js';
import { initCommand } from './commands/init.js';
import { predictCommand } from './commands/predict.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { statusCommand } from './commands/status.js';
import { testReportCommand } from './commands/test-report.js';
import { validateCommand } from './commands/validate.js';
import { watchCommand } from './commands/watch.js';
import { viewNames } from './output/mount-view.js';

/** The command line: one file a command, and this list. */
export function createProgram(): Command {
  const program = new Command('fitfirst')
    .description('Grow a network without dropout until it fits, then tune dropout at that size.')
    .version(version)
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .exitOverride(refuse);

  program
    .command('run')
    .description('run a campaign, or go on with it where it stopped')
    .argument('<config>', 'the campaign, in YAML or JSON')
    .option('--workers <n>', 'trials at once: a number, or auto for as many as there are cores', workers)
    .option('--out <folder>', 'the results folder (default: results/<name>)')
    .addOption(new Option('--view <view>', 'what to show').choices(viewNames))
    .option('--dry-run', 'run a few trials for a moment, say what the campaign will take, then stop')
    .option(
      '--calibrate <time>',
      'how long a dry run may train, such as 30s: trainers of your own are only started with it',
      milliseconds,
    )
    .option('--extend', 'go on with a changed search, keeping every trial that has ended')
    .option('--fresh', 'move an existing results folder aside and begin anew')
    .action(runCommand);

  program
    .command('init')
    .description('look at a table and write a campaign for it that is ready to run')
    .argument('<table>', 'CSV or other text with delimiters (also .gz), Parquet or NPY')
    .option('-o, --output <file>', 'where the config goes; - prints it (default: <table>.yaml)')
    .option(
      '-t, --target <column>',
      'the column to predict: its name, or its index from 0 (default: a guess)',
    )
    .action(initCommand);

  program
    .command('validate')
    .description('check a config and its data, and run nothing')
    .argument('<config>', 'the campaign, in YAML or JSON')
    .action(validateCommand);

  program
    .command('status')
    .description('say how far a campaign is')
    .argument('<folder>', 'a results folder')
    .option('--json', 'the summary as JSON')
    .action(statusCommand);

  program
    .command('watch')
    .description('look on while a campaign runs elsewhere, until it is concluded')
    .argument('<folder>', 'a results folder')
    .addOption(new Option('--view <view>', 'what to show').choices(viewNames))
    .action(watchCommand);

  program
    .command('export')
    .description('write a table of a campaign to standard output')
    .argument('<folder>', 'a results folder')
    .addOption(new Option('--table <table>', 'which table').choices(exportTables).default('trials'))
    .addOption(new Option('--format <format>', 'in which form').choices(exportFormats).default('csv'))
    .action(exportCommand);

  program
    .command('report')
    .description('write report.html: a campaign as one page that tells how it was decided')
    .argument('<folder>', 'a results folder')
    .action(reportCommand);

  program
    .command('predict')
    .description('predict the rows of a table with the network that a campaign has chosen')
    .argument('<folder>', 'a results folder')
    .argument('<table>', 'a CSV file with the columns of the training data, or - for standard input')
    .option('-o, --output <file>', 'where the predictions go (default: standard output)')
    .action(predictCommand);

  program
    .command('test-report')
    .description("try on a program's log how its reports are read")
    .argument('<log>', 'what the program printed, or - for standard input')
    .option(
      '-p, --pattern <pattern...>',
      'regular expressions with named groups, as in trainer.report.pattern',
    )
    .option('-c, --config <config>', 'a campaign whose trainer.report is tried')
    .action(testReportCommand);

  for (const command of program.commands) command.exitOverride(refuse).showSuggestionAfterError();
  return program;
}

/** Help and version end well; a wrong command line is the user's mistake, which commander has already explained. */
function refuse(error: CommanderError): never {
  if (error.exitCode === 0) process.exit(0);
  process.exit(2);
}

function milliseconds(text: string): number {
  const number = parseDuration(text);
  if (number !== null) return number;
  throw new InvalidArgumentError('Expected a time such as 30s, 5m or 1h.');
}

function workers(text: string): number | 'auto' {
  if (text === 'auto') return 'auto';
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 1024) return number;
  throw new InvalidArgumentError('Expected a whole number from 1 to 1024, or auto.');
}
