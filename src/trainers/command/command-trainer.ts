import { appendFileSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainedNetwork } from '../../campaign/outcome.js';
import type { Parameters } from '../../campaign/parameters.js';
import type { Report } from '../../campaign/report.js';
import { type TrialSpec, trialKey } from '../../campaign/trial.js';
import type { CommandOptions } from '../../execution/command-options.js';
import {
  trialDirectory,
  trialIndexLine,
  trialIndexPath,
  trialLogPath,
} from '../../execution/trial-directory.js';
import { TrialFailure } from '../../execution/trial-errors.js';
import { keyedStream } from '../../numeric/keyed-stream.js';
import { writeRegularFile } from '../../platform/regular-file.js';
import { type CommandLaunch, CommandProcess, type FeedReading, stopName } from './command-process.js';
import type { CommandRun } from './command-run.js';
import { type CommandRuntime, createCommandRuntime } from './command-runtime.js';
import { evaluateTrial } from './evaluate-trial.js';
import { failureFrom } from './failure.js';
import { writeConfigFiles } from './files/config-files.js';
import { expandMacros, expandText } from './invocation/macros.js';
import {
  PARAMETERS_NAME,
  parametersFileOf,
  REPORTS_NAME,
  reportFileOf,
  type TrialFacts,
  trialEnvironment,
} from './invocation/trial-environment.js';
import { parametersJson } from './invocation/written-values.js';
import { ReportMerger } from './sources/report-merger.js';
import { sourceFeed } from './sources/source-feed.js';
import { sourceRule, sourcesOf } from './sources/source-rule.js';
import { TrialLog } from './trial-log.js';

/** Paths for such a command's trials in a results folder, enough for `slots` at once. */
export function commandRuntimeFor(
  { report }: CommandOptions,
  folder: string,
  slots: number,
): CommandRuntime & AsyncDisposable {
  return createCommandRuntime(
    folder,
    slots,
    sourcesOf(report).some(({ kind }) => kind === 'file')
      ? [PARAMETERS_NAME, REPORTS_NAME]
      : [PARAMETERS_NAME],
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
  const { options } = run;
  const trial = factsOf(spec, run);
  const launch = launchOf(trial, spec, run, log);
  const rules = sourcesOf(options.report).map(sourceRule);
  const { epochs: asked } = trial.parameters;
  const merger = new ReportMerger(
    rules,
    spec.epochs,
    run.epochCount,
    typeof asked === 'number' ? asked : spec.epochs,
  );
  const command = new CommandProcess(launch);
  let hasReported = false;
  const stop = (): void => command.stop(run.earlyEnd() ?? 'not-needed');
  run.signal.addEventListener('abort', stop, { once: true });
  if (run.signal.aborted) stop();
  try {
    while (!merger.isOver) {
      const next = await command.next();
      for (const report of next === null ? merger.finish() : reportsOf(next, merger)) {
        hasReported = true;
        yield report;
      }
      if (next === null) break;
    }
    if (merger.isOver) command.stop('epochs');
    hasReported ||= options.evaluate !== undefined || Object.keys(merger.once.metrics).length > 0;
    const course = { argv: launch.argv, options, log, hasReported };
    const failure = failureFrom(await command.end(), command.stopReason, course);
    if (failure !== null) throw failure;
    if (merger.isOver && !hasReported) throw beyondTrial(merger.position(0), spec.epochs);
    const isWanted = command.stopReason === null || command.stopReason === 'epochs';
    if (options.evaluate !== undefined && isWanted)
      merger.takeOnce(await evaluateTrial(options.evaluate, { run, trial, launch }));
    run.onceReported?.(merger.once);
    return null;
  } catch (error) {
    if (error instanceof TrialFailure && error.code === 'bad-report') command.stop('bad-report');
    throw error;
  } finally {
    run.signal.removeEventListener('abort', stop);
    stop();
    await command.end();
  }
}

/** The failure of a program whose first report is of an epoch that its trial does not have. */
function beyondTrial(epoch: number, epochs: number): TrialFailure {
  return new TrialFailure(
    'no-metric',
    `The first report of the command is of epoch ${epoch}, and the trial ends with epoch ${epochs}. Have the program ` +
      'count its epochs from 1 in each trial, or set more epochs in parameters.',
  );
}

/** The reports that a reading completes. Throws TrialFailure. */
function reportsOf({ feed, reading }: FeedReading, merger: ReportMerger): readonly Report[] {
  switch (reading.kind) {
    case 'bad':
      throw new TrialFailure('bad-report', reading.message);
    case 'once':
      return merger.takeOnce(reading.metrics);
    case 'reports':
      return reading.reports.flatMap((numbers) => merger.take(feed, numbers));
    case 'other':
      return [];
    default:
      return reading satisfies never;
  }
}

function factsOf(spec: TrialSpec, run: CommandRun): TrialFacts {
  const { places } = run;
  return {
    parameters: withEpochs(spec),
    spellings: run.options.spellings,
    key: trialKey(places.identity, spec),
    directory: trialDirectory(places, spec),
    seed: seedOf(run.seed, spec.repeat),
    repeat: spec.repeat,
    epochs: spec.epochs,
    stage: spec.finish === null ? 'search' : 'finish',
    checkpointDirectory: run.checkpointDirectory,
    folder: places.folder,
  };
}

function launchOf(trial: TrialFacts, spec: TrialSpec, run: CommandRun, log: TrialLog): CommandLaunch {
  const { options, launcher, runtime } = run;
  const { directory } = trial;
  prepareDirectory(directory, run, spec);
  writeRegularFile(parametersFileOf(trial), `${parametersJson(trial.parameters, options.spellings ?? {})}\n`);
  const { program, cwd, timeout, maxRss, grace } = options;
  const values = { trial, program, spellings: options.spellings, environment: runtime.environment };
  const { argv, env } = expandMacros(options.command, options.env, values);
  const environment = {
    // Python holds back what it prints into a pipe, and reports would come at the end only.
    PYTHONUNBUFFERED: '1',
    ...runtime.environment,
    ...env,
    ...run.resources,
    ...trialEnvironment(trial),
  };
  writeConfigFiles(options.configFiles ?? [], directory, { ...values, environment });
  const places = {
    reportFile: reportFileOf(trial),
    directory,
    expand: (path: string) => expandText(path, 'trainer.report', values),
  };
  const feeds = sourcesOf(options.report).map((source) => sourceFeed(source, places));
  const { processes } = runtime;
  const limits = { timeout, maxRss, grace };
  return { argv, cwd, environment, directory, launcher, processes, log, feeds, ...limits };
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

/**
 * A program that takes its epochs from the parameters has to train all of those of a longer trial. In a shorter one the
 * parameter stays, so that a schedule of the learning rate runs over the same epochs.
 */
function withEpochs({ parameters, epochs }: TrialSpec): Parameters {
  const given = parameters.epochs;
  return typeof given === 'number' && given < epochs ? { ...parameters, epochs } : parameters;
}

/** Another number for every repeat, and the same for every setting. */
function seedOf(seed: number, repeat: number): number {
  return keyedStream('command', seed, repeat).below(0x7fff_ffff);
}
