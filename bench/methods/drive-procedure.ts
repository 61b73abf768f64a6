import { Reports } from '../../src/campaign/tables/reports.js';
import type { Settled, TrialKey, TrialSpec } from '../../src/campaign/trial.js';
import type { Procedure } from '../../src/methods/method.js';

/** A trial that has finished with these losses, one an epoch. */
function settled(spec: TrialSpec, losses: readonly number[]): Settled {
  const reports = losses.map((loss, i) => ({ epoch: i + 1, metrics: { val_loss: loss } }));
  const facts = { key: '' as TrialKey, spec, stage: 'search', number: 1, attempts: 1 };
  return { ...facts, reports: Reports.of(reports), state: 'finished', reason: 'complete', evaluation: null };
}

/**
 * Runs a procedure on losses that are looked up, and gives each answer as late as the window of the procedure allows.
 * Ends with the procedure, or when `losses` gives null.
 */
export function driveProcedure(
  procedure: Procedure<unknown>,
  losses: (spec: TrialSpec) => readonly number[] | null,
): void {
  const open: Settled[] = [];
  let answers: Settled[] = [];
  for (;;) {
    const { value: step, done } = procedure.next(answers);
    if (done) return;
    answers = [];
    if (step.kind === 'found') continue;
    if (step.kind === 'collect') {
      answers = open.splice(0, open.length - (step.leaves ?? 0));
      continue;
    }
    const asked: Settled[] = [];
    for (const spec of step.trials) {
      const found = losses(spec);
      if (found === null) return;
      asked.push(settled(spec, found));
    }
    if (step.kind === 'batch') {
      answers = asked;
      continue;
    }
    open.push(...asked);
    answers = open.splice(0, Math.max(0, open.length - (step.window - 1)));
  }
}
