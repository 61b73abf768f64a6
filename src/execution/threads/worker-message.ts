import type { MessagePort } from 'node:worker_threads';
import type { Metric } from '../../campaign/metric.js';
import type { Outcome, TrialCheckpoint } from '../../campaign/outcome.js';
import type { Report } from '../../campaign/report.js';
import type { TrialSpec } from '../../campaign/trial.js';
import type { TrainerModule } from '../trainer-module.js';
import type { RunControl } from './run-control.js';

/** What a worker thread is given once, when it starts. */
export interface WorkerSetup {
  readonly trainer: TrainerModule;
  /** The campaign's seed. */
  readonly seed: number;
  readonly metric: Metric;
}

/** What a worker thread is given with each trial. */
export interface TrialTask {
  readonly spec: TrialSpec;
  readonly control: RunControl;
  /** Where reports go while the trial runs. Back come numbers: how many reports have been dealt with. */
  readonly port: MessagePort;
  /** Where the trial goes on from; null to train from the start. */
  readonly from: TrialCheckpoint | null;
  readonly keepCheckpoint: boolean;
  /** The networks of a committee's members, for the trial of a committee. */
  readonly members: readonly Uint8Array[] | undefined;
}

/**
 * What the thread answers at the end: the outcome without its checkpoint, and the reports that had not been sent yet.
 */
export interface TrialReply {
  readonly outcome: Outcome;
  readonly reports: readonly Report[];
}

/** What comes over the port while the trial runs. */
export type TrialMessage =
  | { readonly type: 'reports'; readonly reports: readonly Report[] }
  /** The checkpoint of the outcome that follows. Its bytes are transferred. */
  | { readonly type: 'checkpoint'; readonly checkpoint: TrialCheckpoint }
  /** The trial has ended in a way that leaves the thread unfit for another trial. */
  | { readonly type: 'thread-unfit'; readonly outcome: Outcome };
