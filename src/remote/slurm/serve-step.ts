import { hostname } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Report } from '../../campaign/report.js';
import type { Executor } from '../../execution/executor.js';
import { errorMessage } from '../../text/error-message.js';
import type { CampaignProof } from '../campaign-proof.js';
import { packOutcome } from '../outcome-form.js';
import {
  endedMessage,
  type FromStep,
  formatStepLine,
  fromBase64,
  readToStep,
  type ToStep,
} from './step-message.js';

/** What the worker of a job step is run with. */
export interface ServeStepOptions {
  readonly proof: CampaignProof;
  readonly executor: Executor;
  /** Where trials come from. Its end ends the worker: the driver has ended. */
  readonly input: Readable;
  /** Where reports and results go. Nothing else may be written there. */
  readonly output: Writable;
  /** Aborted when Slurm wants the step to end: a running trial may finish first. */
  readonly draining: AbortSignal;
}

/** Takes trials from the driver's messages and trains them, until there are no more messages or `draining`. */
export async function serveStep(options: ServeStepOptions): Promise<void> {
  const { proof, input, output, draining } = options;
  const lines = createInterface({ input });
  const running = new Map<number, RunningTrial>();
  const say = (message: FromStep): void => {
    output.write(formatStepLine(message));
  };
  const drain = (): void => {
    if (running.size === 0) lines.close();
  };
  draining.addEventListener('abort', drain);
  const runTrial = async (
    message: Extract<ToStep, { type: 'train' }>,
    signal: AbortSignal,
  ): Promise<void> => {
    try {
      say(await train(options.executor, message, signal, say));
    } catch (error) {
      say({ type: 'broken', message: `Trials cannot run on ${hostname()}: ${errorMessage(error)}` });
    } finally {
      running.delete(message.id);
      if (draining.aborted) drain();
    }
  };
  say({ type: 'ready', proof, host: hostname(), pid: process.pid });
  for await (const line of lines) {
    const message = readToStep(line);
    if (message?.type === 'train') {
      const controller = new AbortController();
      running.set(message.id, { controller, end: runTrial(message, controller.signal) });
    } else if (message?.type === 'stop') running.get(message.id)?.controller.abort();
  }
  const left = [...running.values()];
  for (const { controller } of left) controller.abort();
  await Promise.allSettled(left.map(({ end }) => end));
}

interface RunningTrial {
  readonly controller: AbortController;
  readonly end: Promise<void>;
}

async function train(
  executor: Executor,
  { id, spec, keepCheckpoint, from, members }: Extract<ToStep, { type: 'train' }>,
  signal: AbortSignal,
  say: (message: FromStep) => void,
): Promise<FromStep> {
  const reports: Report[] = [];
  const onReport = (report: Report): void => {
    reports.push(report);
    say({ type: 'report', id, report });
  };
  const start = from && { ...from, state: fromBase64(from.state) };
  const networks = members.length > 0 ? { members: members.map(fromBase64) } : {};
  const outcome = await executor.run(spec, { signal, onReport, from: start, keepCheckpoint, ...networks });
  return endedMessage(id, packOutcome(outcome, reports));
}
