import { appendFileSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainedNetwork } from '../../campaign/outcome.js';
import type { Parameters } from '../../campaign/parameters.js';
import type { Report } from '../../campaign/report.js';
import { type TrialSpec, trialKey } from '../../campaign/trial.js';
import type { CommandOptions, ReportSource } from '../../execution/command-options.js';
import type { EpochCount } from '../../execution/epoch-count.js';
import type { EarlyEnd } from '../../execution/run-trainer.js';
import {
  type TrialPlaces,
  trialDirectory,
  trialIndexLine,
  trialIndexPath,
  trialLogPath,
} from '../../execution/trial-directory.js';
import { TrialFailure } from '../../execution/trial-errors.js';
import { keyedStream } from '../../numeric/keyed-stream.js';
import { writeRegularFile } from '../../platform/regular-file.js';
import { type CommandLaunch, CommandProcess, stopName } from './command-process.js';
import { type CommandRuntime, createCommandRuntime } from './command-runtime.js';
import { failureFrom } from './failure.js';
import { expandMacros } from './invocation/macros.js';
import {
  PARAMETERS_NAME,
  parametersFileOf,
  REPORTS_NAME,
  reportFileOf,
  type TrialFacts,
  trialEnvironment,
} from './invocation/trial-environment.js';
import type { Launcher } from './launcher/launcher.js';
import { reportOf } from './reading/report-line.js';
import { patternReader } from './reading/report-pattern.js';
import { TrialLog } from './trial-log.js';

/** What one run of a command is given beside the spec. */
export interface CommandRun {
  readonly options: CommandOptions;
  readonly places: TrialPlaces;
  /** The campaign's seed. */
  readonly seed: number;
  /** Variables that name what of the scarce things is this trial's. */
  readonly resources: Readonly<Record<string, string>>;
  readonly launcher: Launcher;
  readonly runtime: CommandRuntime;
  /** `$FITFIRST_CHECKPOINT_DIR`; null if no shorter trial went before and no longer one can follow. */
  readonly checkpointDirectory: string | null;
  /** Counts the epochs of the reports. */
  readonly epochCount: EpochCount;
  /** Ends the run. */
  readonly signal: AbortSignal;
  /** Why the caller closes the trainer before its end; null if for no reason of the trial's own. */
  readonly earlyEnd: () => EarlyEnd | null;
}

/** Supplies for such a command's trials in a results folder, so many at once. */
export function commandRuntimeFor(
  { report }: CommandOptions,
  folder: string,
  slots: number,
): CommandRuntime & AsyncDisposable {
  return createCommandRuntime(
    folder,
    slots,
    report.kind === 'file' ? [PARAMETERS_NAME, REPORTS_NAME] : [PARAMETERS_NAME],
  );
}

/**
 * Trains by a program of the user's own: one process group for one trial. Yields its reports as they come.
 * Whatever way the iteration ends, no process of the group is left when it has. A program that goes on after its
 * last epoch is ended then, and is complete. Throws TrialFailure with the code that says how it failed.
 */
export async function* trainByCommand(
  spec: TrialSpec,
  run: CommandRun,
): AsyncGenerator<Report, TrainedNetwork | null, void> {
  const log = new TrialLog(trialLogPath(run.places, spec), { precreated: run.runtime.logs });
  const launch = launchOf(spec, run, log);
  const command = new CommandProcess(launch);
  let hasReported = false;
  const stop = (): void => command.stop(run.earlyEnd() ?? 'not-needed');
  run.signal.addEventListener('abort', stop, { once: true });
  if (run.signal.aborted) stop();
  try {
    for (let reading = await command.next(); reading !== null; reading = await command.next()) {
      if (reading.kind === 'bad') {
        command.stop('bad-report');
        throw new TrialFailure('bad-report', reading.message);
      }
      if (reading.kind === 'other') continue;
      for (const numbers of reading.reports) {
        const report = reportOf(numbers, run.epochCount);
        if (report.epoch > spec.epochs) {
          command.stop('epochs');
          return null;
        }
        hasReported = true;
        yield report;
      }
    }
    const failure = failureFrom(await command.end(), command.stopReason, {
      argv: launch.argv,
      options: run.options,
      log,
      hasReported,
    });
    if (failure !== null) throw failure;
    return null;
  } finally {
    run.signal.removeEventListener('abort', stop);
    stop();
    await command.end();
  }
}

function launchOf(spec: TrialSpec, run: CommandRun, log: TrialLog): CommandLaunch {
  const { options, places, launcher, runtime } = run;
  const directory = trialDirectory(places, spec);
  prepareDirectory(directory, run, spec);
  const trial: TrialFacts = {
    parameters: withEpochs(spec),
    key: trialKey(places.identity, spec),
    directory,
    seed: seedOf(run.seed, spec.repeat),
    repeat: spec.repeat,
    epochs: spec.epochs,
    stage: spec.finish === null ? 'search' : 'finish',
    checkpointDirectory: run.checkpointDirectory,
    folder: places.folder,
  };
  writeRegularFile(parametersFileOf(trial), `${JSON.stringify(trial.parameters)}\n`);
  const { program, cwd, timeout, maxRss, grace } = options;
  const values = { trial, program, environment: runtime.environment };
  const { argv, env } = expandMacros(options.command, options.env, values);
  const environment = {
    // Python holds back what it prints into a pipe, and reports would come at the end only.
    PYTHONUNBUFFERED: '1',
    ...runtime.environment,
    ...env,
    ...run.resources,
    ...trialEnvironment(trial),
  };
  const reports = reportsOf(options.report, reportFileOf(trial));
  const { processes } = runtime;
  const limits = { timeout, maxRss, grace };
  return { argv, cwd, environment, directory, launcher, processes, log, reports, ...limits };
}

/** Makes the directory of a trial, and lists it in the index when it is new. */
function prepareDirectory(directory: string, { places, runtime }: CommandRun, spec: TrialSpec): void {
  if (!runtime.directories.moveTo(directory)) {
    // What earlier attempts left, which may be anything.
    const found = lstatSync(directory, { throwIfNoEntry: false });
    if (found?.isDirectory()) {
      rmSync(join(directory, stopName), { recursive: true, force: true });
      return;
    }
    if (found !== undefined) rmSync(directory);
    mkdirSync(directory, { recursive: true });
  }
  appendFileSync(trialIndexPath(places.folder), trialIndexLine(places, spec));
}

/** A program that takes its epochs from the parameters has to train all of those of a longer trial. */
function withEpochs({ parameters, epochs }: TrialSpec): Parameters {
  const given = parameters.epochs;
  return typeof given === 'number' && given < epochs ? { ...parameters, epochs } : parameters;
}

function reportsOf(source: ReportSource, file: string): CommandLaunch['reports'] {
  switch (source.kind) {
    case 'file':
      return { file };
    case 'stdout':
      return { lines: 'json' };
    case 'pattern':
      return { lines: patternReader(source.patterns) };
    default:
      return source satisfies never;
  }
}

/** Another number for every repeat, and the same for every setting. */
function seedOf(seed: number, repeat: number): number {
  return keyedStream('command', seed, repeat).below(0x7fff_ffff);
}
