import assert from 'node:assert/strict';
import type { StopTarget } from '../../campaign/metric.js';
import type { Outcome, TrialCheckpoint } from '../../campaign/outcome.js';
import type { Report } from '../../campaign/report.js';
import type { TrialSpec } from '../../campaign/trial.js';
import type { Executor } from '../../execution/executor.js';

/** What an executor has to do if a trial goes on where a shorter one ended. */
export interface GoingOnCheck {
  readonly name: string;
  /** `keepsCheckpoints` says that a trial must go on; otherwise it may train from the start. */
  readonly run: (executor: Executor, keepsCheckpoints: boolean) => Promise<void>;
}

export const goingOnChecks: readonly GoingOnCheck[] = [
  { name: 'gives a trial that goes on the reports of one that is trained in one go', run: givesEqualReports },
  { name: 'ends a trial that goes on at the epoch of one that is trained in one go', run: endsAtEqualEpoch },
  { name: 'brings no checkpoint unless it is asked for one', run: bringsNothingUnasked },
  { name: 'brings no checkpoint of a trial that ended early', run: bringsNothingAfterFit },
];

interface Run {
  readonly outcome: Outcome;
  readonly reports: readonly Report[];
  readonly checkpoint: TrialCheckpoint | null;
}

interface Options {
  readonly from?: TrialCheckpoint | null;
  readonly keepCheckpoint?: boolean;
}

async function run(executor: Executor, spec: TrialSpec, options: Options = {}): Promise<Run> {
  const reports: Report[] = [];
  const { signal } = new AbortController();
  const onReport = (report: Report): void => {
    reports.push(report);
  };
  const ended = await executor.run(spec, { signal, onReport, ...options });
  if (ended.kind !== 'finished') return { outcome: ended, reports, checkpoint: null };
  const { checkpoint = null, ...outcome } = ended;
  return { outcome, reports, checkpoint };
}

function accumulating(epochs: number, until: StopTarget | null = null): TrialSpec {
  return { parameters: { script: 'accumulate' }, repeat: 3, epochs, until, finish: null };
}

/** The reports of the shorter trial before the first new one, then the new ones. */
function joined(shorter: Run, longer: Run): Report[] {
  const first = longer.reports[0]?.epoch ?? 1;
  return [...shorter.reports.filter(({ epoch }) => epoch < first), ...longer.reports];
}

async function givesEqualReports(executor: Executor, keepsCheckpoints: boolean): Promise<void> {
  const whole = await run(executor, accumulating(40));
  const shorter = await run(executor, accumulating(10), { keepCheckpoint: true });
  const longer = await run(executor, accumulating(20), { keepCheckpoint: true, from: shorter.checkpoint });
  const longest = await run(executor, accumulating(40), { from: longer.checkpoint });
  assert.deepEqual(longest.outcome, whole.outcome);
  assert.deepEqual(joined({ ...longer, reports: joined(shorter, longer) }, longest), whole.reports);
  if (!keepsCheckpoints) return;
  assert.equal(longer.reports[0]?.epoch, 11);
  assert.equal(longest.reports[0]?.epoch, 21);
}

async function endsAtEqualEpoch(executor: Executor): Promise<void> {
  const until = { metric: 'val_loss', goal: 'maximize', bound: 3 } as const;
  const whole = await run(executor, accumulating(40, until));
  assert.deepEqual(whole.outcome, { kind: 'finished', reason: 'fit', network: null });
  const shorter = await run(executor, accumulating(5, until), { keepCheckpoint: true });
  const longer = await run(executor, accumulating(40, until), { from: shorter.checkpoint });
  assert.deepEqual(longer.outcome, whole.outcome);
  assert.deepEqual(joined(shorter, longer), whole.reports);
}

async function bringsNothingUnasked(executor: Executor): Promise<void> {
  assert.equal((await run(executor, accumulating(5))).checkpoint, null);
}

async function bringsNothingAfterFit(executor: Executor): Promise<void> {
  const until = { metric: 'val_loss', goal: 'maximize', bound: 1 } as const;
  assert.equal((await run(executor, accumulating(5, until), { keepCheckpoint: true })).checkpoint, null);
}
