import { AsyncLocalStorage } from 'node:async_hooks';
import { workerData } from 'node:worker_threads';
import type { Outcome } from '../../campaign/outcome.js';
import { errorMessage } from '../../text/error-message.js';
import { isMemoryShortage, lostToShortage, MemoryShortage } from '../memory-shortage.js';
import { ownBytes } from '../own-bytes.js';
import { type RunContext, runTrainer } from '../run-trainer.js';
import type { Trainer } from '../trainer.js';
import { loadTrainerModule } from '../trainer-module.js';
import { ReportBatches } from './report-batches.js';
import { begin, stopRequested } from './run-control.js';
import type { TrialMessage, TrialReply, TrialTask, WorkerSetup } from './worker-message.js';

const setup: WorkerSetup = workerData;
const entry = loadTrainerModule(setup.trainer.url);
let trainer: Promise<Trainer> | null = null;

/** A trial that runs on this thread. */
interface Course {
  readonly task: TrialTask;
  readonly batches: ReportBatches;
}

/** The trial in whose course code runs, so that an error which nobody caught can be laid at the right door. */
const course = new AsyncLocalStorage<Course>();
let current: Course | null = null;
/** When the thread sent the outcome of the trial before. */
let lastReply = Number.NEGATIVE_INFINITY;

process.on('uncaughtException', (error) => {
  const origin = course.getStore();
  // Nobody's error: the thread is not to be trusted, and dies.
  if (origin === undefined) throw error;
  // An error of a trial that has ended changes nothing any more, least of all the trial that runs now.
  if (origin !== current) return;
  send(origin.task, { type: 'reports', reports: origin.batches.takeRest() });
  send(origin.task, { type: 'thread-unfit', outcome: failure(error) });
});

/**
 * The entry that the pool calls, one trial at a time. The pool waits for it while the thread loads, so that no trial
 * waits for the trainer's module; if that cannot be loaded, the first trial fails with the reason.
 */
export const runTrial = entry.then(
  () => run,
  () => run,
);

/** Runs one trial. */
async function run(task: TrialTask): Promise<TrialReply> {
  if (!begin(task.control)) return { outcome: { kind: 'stopped' }, reports: [] };
  // Built in no trial's course: what it leaves behind is no trial's doing.
  trainer ??= entry.then((createTrainer) => createTrainer(setup.trainer.data));
  let built: Trainer;
  try {
    built = await trainer;
  } catch (error) {
    return { outcome: failure(error), reports: [] };
  }
  const batches = new ReportBatches((reports) => send(task, { type: 'reports', reports }), lastReply);
  task.port.on('message', (count: number) => batches.acknowledge(count));
  const context: RunContext = {
    seed: setup.seed,
    metric: setup.metric,
    shouldStop: () => stopRequested(task.control),
    from: task.from,
    keepCheckpoint: task.keepCheckpoint,
    members: task.members,
  };
  current = { task, batches };
  const outcome = await course.run(current, () =>
    runTrainer(built, task.spec, context, (report) => batches.add(report)),
  );
  current = null;
  lastReply = performance.now();
  return { outcome: sendCheckpoint(task, withOwnNetwork(outcome)), reports: batches.takeRest() };
}

function send(task: TrialTask, message: TrialMessage): void {
  task.port.postMessage(message);
}

function failure(error: unknown): Outcome {
  if (setup.trainer.isBuiltIn === true && isMemoryShortage(error)) {
    return lostToShortage(error instanceof MemoryShortage ? error : new MemoryShortage(null));
  }
  return { kind: 'failed', code: 'error', message: errorMessage(error) };
}

/** The network is copied on its way to another thread, and only its own bytes are to be. */
function withOwnNetwork(outcome: Outcome): Outcome {
  if (outcome.kind !== 'finished' || outcome.network === null) return outcome;
  const { network } = outcome;
  return { ...outcome, network: { ...network, bytes: ownBytes(network.bytes) } };
}

/** Sends the checkpoint of an outcome without copying it. Returns the rest of the outcome. */
function sendCheckpoint(task: TrialTask, outcome: Outcome): Outcome {
  if (outcome.kind !== 'finished' || outcome.checkpoint === undefined) return outcome;
  const { checkpoint, ...rest } = outcome;
  const state = ownBytes(checkpoint.state);
  const message: TrialMessage = { type: 'checkpoint', checkpoint: { ...checkpoint, state } };
  task.port.postMessage(message, [state.buffer]);
  return rest;
}
