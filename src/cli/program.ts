import { Command, type CommanderError, Option } from 'commander';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { DELIMITERS } from '../data/sources/csv/delimiter.js';
import { DECIMALS, THOUSANDS } from '../data/sources/csv/number-notation.js';
import { version } from '../platform/version.js';
import {
  exportFormats,
  exportTables,
  parseCount,
  parseLines,
  parseMilliseconds,
  parsePort,
  parseWorkers,
  viewNames,
} from './options.js';

/** The command line: one file a command, loaded when it is called, and this list. */
export function createProgram(): Command {
  const program = new Command('fitfirst')
    .description('Grow a network without dropout until it fits, then tune dropout at that size.')
    .version(version, '-V, --version', 'output the version; with --verbose also the kernel and Node')
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .exitOverride(endAfterParsing)
    .hook('preAction', (_, command) => refuseEmpty(command));

  program
    .command('run')
    .description('run a campaign, or resume it where it stopped')
    .argument('<config>', 'the campaign, in YAML or JSON')
    .option(
      '--workers <n>',
      'number of trials that run at the same time, or auto for one per core',
      parseWorkers,
    )
    .option('--out <folder>', 'the results folder (default: results/<name>)')
    .addOption(new Option('--view <view>', 'what to show').choices(viewNames).conflicts('dryRun'))
    .option('--dry-run', 'time a few trials, estimate what the campaign will take, then stop')
    .option(
      '--calibrate <time>',
      'with --dry-run: how long it may train, such as 30s; it starts your own trainer only if you give this',
      parseMilliseconds,
    )
    .addOption(
      new Option('--extend', 'resume with a changed search; finished trials are reused').conflicts('fresh'),
    )
    .option('--fresh', 'move an existing results folder aside and start over')
    .option('--redis <url>', 'run trials on worker processes of any machine, over this Redis')
    .action(async (config, flags) => (await import('./commands/run.js')).runCommand(config, flags));

  program
    .command('compare')
    .description(
      'check whether fit_first is nearly optimal: train a table of settings, replay all methods on it',
    )
    .argument('<config>', 'a campaign with method: fit_first, in YAML or JSON')
    .option('--settings <n>', 'the most settings of the table', parseCount(1, 100_000), 200)
    .option('--repeats <n>', 'repeats of each setting', parseCount(3, 1000), 6)
    .option('--judges <n>', 'how many of them judge choices (default: a third)', parseCount(1, 999))
    .option('--draws <n>', 'draws of repeats on which methods are replayed', parseCount(2, 10_000), 50)
    .option('--reuse <folder>', 'a folder of campaigns whose trials are reused', 'results')
    .option(
      '--workers <n>',
      'number of trials that run at the same time, or auto for one per core',
      parseWorkers,
    )
    .option('--out <folder>', 'the results folder (default: results/<name>-compare)')
    .addOption(new Option('--view <view>', 'what to show').choices(viewNames))
    .option('--fresh', 'move an existing results folder aside and start over')
    .option('--redis <url>', 'run trials on worker processes of any machine, over this Redis')
    .action(async (config, flags) => (await import('./commands/compare.js')).compareCommand(config, flags));

  program
    .command('worker')
    .description('take trials of a campaign that runs elsewhere with --redis')
    .argument('<config>', 'the same config as that of the run')
    .option('--redis <url>', 'where Redis is (default: FITFIRST_REDIS_URL)')
    .option(
      '--workers <n>',
      'number of trials that run at the same time, or auto for one per core',
      parseWorkers,
    )
    .option('--out <folder>', 'where programs leave logs (default: results/<name>-workers)')
    .addOption(
      new Option(
        '--stdin',
        'read trials from standard input (fitfirst uses this for job steps of Slurm)',
      ).hideHelp(),
    )
    .action(async (config, flags) => (await import('./commands/worker.js')).workerCommand(config, flags));

  program
    .command('init')
    .description('inspect a table and write a campaign for it that is ready to run')
    .argument('<table>', 'a file with a table, such as CSV (also .gz), Parquet or NPY')
    .option('-o, --output <file>', 'where to write the config; - prints it (default: <table>.yaml)')
    .option(
      '-t, --target <column>',
      'the column to predict: its name, or its index from 0 (default: a guess)',
    )
    .option(
      '-b, --budget <time>',
      'how long the campaign may take, such as 1m, 10m or 1h: trains a few trials, then chooses how many settings ' +
        'to search in this time',
      parseMilliseconds,
    )
    .action(async (table, flags) => (await import('./commands/init.js')).initCommand(table, flags));

  program
    .command('import')
    .description('convert a W&B sweep to a config, with a comment on each part')
    .argument('<sweep>', 'the YAML file of the sweep')
    .option('-o, --output <file>', 'where to write the config; - prints it (default: <sweep>.fitfirst.yaml)')
    .action(async (sweep, flags) => (await import('./commands/import.js')).importCommand(sweep, flags));

  program
    .command('validate')
    .description('check a config and its data; without --try nothing runs')
    .argument('<config>', 'the campaign, in YAML or JSON')
    .option(
      '--try <time>',
      'run your own program for this time, such as 30s, in a temporary folder, and show the metrics that ' +
        'fitfirst reads',
      parseMilliseconds,
    )
    .action(async (config, flags) => (await import('./commands/validate.js')).validateCommand(config, flags));

  program
    .command('status')
    .description('show the progress of a campaign')
    .argument('<folder>', 'a results folder, or a folder of campaigns')
    .option('--json', 'print the summary as JSON')
    .option('--importance', 'show which parameters mattered')
    .action(async (folder, flags) => (await import('./commands/status.js')).statusCommand(folder, flags));

  program
    .command('list')
    .description('list the campaigns in a folder and below it: how far they are and what they chose')
    .argument('[folder]', 'where to look', 'results')
    .option('--json', 'print the list as JSON')
    .action(async (folder, flags) => (await import('./commands/list.js')).listCommand(folder, flags));

  program
    .command('serve')
    .description('show the campaigns of a folder as live pages in a browser, on this machine alone')
    .argument('[folder]', 'where to look', 'results')
    .option('--port <n>', 'the port (default: any free port)', parsePort)
    .option('--open', 'open the browser')
    .action(async (folder, flags) => (await import('./commands/serve.js')).serveCommand(folder, flags));

  program
    .command('watch')
    .description('watch a campaign that runs elsewhere until it is concluded')
    .argument('<folder>', 'a results folder')
    .addOption(new Option('--view <view>', 'what to show').choices(viewNames))
    .action(async (folder, flags) => (await import('./commands/watch.js')).watchCommand(folder, flags));

  program
    .command('export')
    .description('export one table of a campaign, or the whole campaign for another tool')
    .argument('<folder>', 'a results folder')
    .addOption(new Option('--table <table>', 'which table (default: trials)').choices(exportTables))
    .addOption(
      new Option('--format <format>', 'a format of tables, or the tool')
        .choices(exportFormats)
        .default('csv'),
    )
    .option('-o, --output <place>', 'where to write (default: standard output)')
    .action(async (folder, flags) => (await import('./commands/export.js')).exportCommand(folder, flags));

  program
    .command('report')
    .description('write report.html: one page that shows how the campaign reached its decision')
    .argument('<folder>', 'a results folder')
    .action(async (folder) => (await import('./commands/report.js')).reportCommand(folder));

  program
    .command('predict')
    .description('predict the rows of a table with the network that a campaign has chosen')
    .argument('<folder>', 'a results folder')
    .argument('<table>', 'a CSV file with the columns of the training data, or - for standard input')
    .option('-o, --output <file>', 'where to write the predictions (default: standard output)')
    .option(
      '--skip-lines <lines>',
      'the number of lines above the table, or a list such as [1,3,40] (default: those that training skipped above it)',
      parseLines,
    )
    .addOption(
      new Option(
        '--delimiter <name>',
        'what separates the cells of delimited text (default: detected)',
      ).choices(DELIMITERS),
    )
    .addOption(
      new Option(
        '--decimal <sign>',
        'the decimal sign of the table (default: as in training, or point with --thousands)',
      ).choices(DECIMALS),
    )
    .addOption(
      new Option(
        '--thousands <sign>',
        'what separates groups of three digits (default: as in training, or nothing with --decimal)',
      ).choices(THOUSANDS),
    )
    .action(async (folder, table, flags) =>
      (await import('./commands/predict.js')).predictCommand(folder, table, flags),
    );

  program
    .command('test-report')
    .description("check which metrics fitfirst reads from your program's log")
    .argument('<log>', 'what the program printed, or - for standard input')
    .addOption(
      new Option(
        '-p, --pattern <pattern...>',
        'regular expressions with named groups, as in trainer.report.pattern',
      ).conflicts('config'),
    )
    .option('-c, --config <config>', 'a campaign whose trainer.report is used')
    .action(async (log, flags) => (await import('./commands/test-report.js')).testReportCommand(log, flags));

  for (const command of program.commands) command.exitOverride(endAfterParsing).showSuggestionAfterError();
  return program;
}

/** Refuses an empty path, which a variable of a shell gives that is not set: it would mean the working directory. */
function refuseEmpty(command: Command): void {
  const given = command.registeredArguments.map((argument, i) => ({
    name: `<${argument.name()}>`,
    value: command.args[i],
  }));
  const options = command.options.map((option) => ({
    name: option.flags,
    value: command.getOptionValue(option.attributeName()),
  }));
  const empty = [...given, ...options].find(({ value }) => value === '');
  if (empty === undefined) return;
  throw new FitfirstError(
    'USAGE_INVALID',
    `${empty.name} is empty; expected a value. Was a variable not set?`,
  );
}

/** Ends with code 0 after help and version, and with 2 after a command line that commander has refused. */
function endAfterParsing(error: CommanderError): never {
  process.exit(error.exitCode === 0 ? 0 : 2);
}
