import { mkdirSync, realpathSync } from 'node:fs';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Metric } from '../../campaign/metric.js';
import type { Outcome } from '../../campaign/outcome.js';
import { type TrialSpec, trialKey } from '../../campaign/trial.js';
import type { CommandOptions } from '../../execution/command-options.js';
import { EpochCount } from '../../execution/epoch-count.js';
import type { Executor, RunOptions } from '../../execution/executor.js';
import { ReportWindow } from '../../execution/reports/report-window.js';
import { type EarlyEnd, runTrainer } from '../../execution/run-trainer.js';
import { Slots } from '../../execution/slots.js';
import type { ReportedOnce, Trainer } from '../../execution/trainer.js';
import type { TrialPlaces } from '../../execution/trial-directory.js';
import { createCheckpointDirectory } from './checkpoint-directory.js';
import type { CommandRun } from './command-run.js';
import { commandRuntimeFor, trainByCommand } from './command-trainer.js';
import { Launcher } from './launcher/launcher.js';
import { endOrphanProcesses } from './processes/orphan-processes.js';
import { createResourceSlots } from './resource-slots.js';
import { Turns } from './turns.js';

export interface CommandExecutorOptions {
  /** Commands that may run at once. Fewer run if file descriptors or processes do not suffice. */
  readonly slots: number;
  readonly options: CommandOptions;
  readonly places: TrialPlaces;
  /** The campaign's seed. */
  readonly seed: number;
  readonly metric: Metric;
}

/**
 * An executor that runs a program of the user's own for every trial, as a process group of its own. First it ends
 * what an earlier run in the same folder left behind; when it is disposed of, nothing that it started is left.
 * The caller holds the folder's lock.
 */
export async function createCommandExecutor(setup: CommandExecutorOptions): Promise<Executor> {
  const { options, seed, metric } = setup;
  mkdirSync(setup.places.folder, { recursive: true });
  const places: TrialPlaces = { ...setup.places, folder: realpathSync(setup.places.folder) };
  await endOrphanProcesses(places.folder);
  const resources = createResourceSlots(options.resources);
  const count = Math.min(setup.slots, resources.atOnce);
  if (count < 1) {
    throw new FitfirstError(
      'CONFIG_INVALID',
      'trainer.resources asks more for one trial than there is on this machine.',
    );
  }
  const runtime = commandRuntimeFor(options, places.folder, count);
  const launcher = new Launcher({ folder: places.folder, atOnce: count });
  await launcher.ready();
  const slots = new Slots(count);
  const closed = new AbortController();

  // A program may have ended the launcher, and with it the commands of other trials. To find out which one it was,
  // each of them runs alone from then on.
  const turns = new Turns();
  const suspects = new Set<string>();

  const train = async (spec: TrialSpec, runOptions: RunOptions): Promise<Outcome> => {
    const stop = AbortSignal.any([runOptions.signal, closed.signal]);
    const key = trialKey(places.identity, spec);
    const isAlone = suspects.has(key);
    using turn = await turns.take(isAlone, stop);
    if (turn === null) return { kind: 'stopped' };
    const outcome = await trainInTurn(spec, stop, runOptions);
    if (outcome.kind !== 'lost') return outcome;
    suspects.add(key);
    if (!isAlone) return outcome;
    const hint = 'No other command was running: does the program end its parent process?';
    return { ...outcome, message: `${outcome.message} ${hint}` };
  };

  const trainInTurn = async (
    spec: TrialSpec,
    stop: AbortSignal,
    runOptions: RunOptions,
  ): Promise<Outcome> => {
    const { onReport, keepCheckpoint } = runOptions;
    await launcher.ready();
    if (stop.aborted) return { kind: 'stopped' };
    const directory = await createCheckpointDirectory(places, spec, runOptions);
    const epochCount = new EpochCount(directory?.from?.state[0] ?? 0);
    const taken = resources.take();
    let earlyEnd: EarlyEnd | null = null;
    const run: CommandRun = {
      options,
      places,
      seed,
      launcher,
      runtime,
      resources: taken.environment,
      checkpointDirectory: directory?.path ?? null,
      epochCount,
      signal: stop,
      earlyEnd: () => earlyEnd,
    };
    const context = { seed, metric, shouldStop: () => stop.aborted, keepCheckpoint };
    let once: ReportedOnce | null = null;
    const onceReported = (reported: ReportedOnce): void => {
      once = reported;
    };
    const reports = trainByCommand(spec, { ...run, onceReported });
    const trainer: Trainer = {
      async *train(_, { onCheckpoint, onceReported: passOn }) {
        const network = yield* reports;
        if (once !== null) passOn?.(once);
        const checkpoint = (onCheckpoint && (await directory?.checkpoint(epochCount))) ?? null;
        if (checkpoint !== null) onCheckpoint?.(checkpoint);
        return network;
      },
    };
    try {
      const { pass } = new ReportWindow(onReport, stop);
      return await runTrainer(trainer, spec, context, pass, (reason) => {
        earlyEnd = reason;
      });
    } finally {
      await reports.return(null); // where the listener threw, the command still runs
      taken.giveBack();
    }
  };

  return {
    slots: count,
    async run(spec, runOptions) {
      if (closed.signal.aborted) throw new FitfirstError('EXECUTOR_BROKEN', 'The executor has been closed.');
      if (runOptions.signal.aborted) return { kind: 'stopped' };
      return slots.use(() => train(spec, runOptions));
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
      await slots.idle();
      await launcher[Symbol.asyncDispose]();
      // A process that left its group and its session is only to be found by its environment.
      await endOrphanProcesses(places.folder);
      await runtime[Symbol.asyncDispose]();
    },
  };
}
