import type { Campaign, PlannedBatch } from '../campaign/campaign.js';
import { canonicalJson } from '../campaign/canonical-json.js';
import type { ConclusionKind } from '../campaign/event.js';
import type { Finding } from '../campaign/finding.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { isSettled, type Settled, type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';

/** Trials that may run at once, with the reason why they were chosen. */
export interface Batch {
  readonly kind: 'batch';
  readonly stage: string;
  readonly because: string;
  readonly trials: readonly TrialSpec[];
  /** Trials that may be needed next; nothing waits for them. */
  readonly ahead?: readonly TrialSpec[];
}

/** Something found out on the way, journaled with the next batch or the conclusion. */
export interface Found {
  readonly kind: 'found';
  readonly finding: Finding;
}

/** The end: the trial whose network is handed over (null: none), and why. */
export interface Conclusion {
  readonly kind: 'conclusion';
  readonly ending: ConclusionKind;
  readonly chosen: TrialSpec | null;
  readonly because: string;
}

/**
 * How methods are written: as prose. A procedure yields a batch and is handed its settled trials, in the
 * order in which it asked for them; what it finds out it yields too (and is handed nothing).
 */
export type Procedure<Result> = Generator<Batch | Found, Result, readonly Settled[]>;

/** What comes next in a campaign. */
export type Step =
  | (Required<Batch> & { readonly findings: readonly Finding[]; readonly planned: boolean })
  | {
      readonly kind: 'conclusion';
      readonly ending: ConclusionKind;
      readonly chosen: TrialKey | null;
      readonly because: string;
      readonly findings: readonly Finding[];
    };

/** Proposes trials given the campaign so far: the same campaign gives the same step. */
export interface Method {
  readonly name: string;
  /** Its stages, in order. */
  readonly stages: readonly string[];
  next(campaign: Campaign): Step;
}

/** Yields one finding. */
export function* found(finding: Finding): Procedure<void> {
  yield { kind: 'found', finding };
}

/**
 * A method from the procedure that describes it. `next` starts the procedure anew and feeds it from the
 * campaign until it asks for something that is not planned or not settled, so that running, resuming and
 * replaying are one path. To spare long campaigns the quadratic cost, the generator of the last call goes
 * on where the campaign still begins with the batches that it was fed.
 */
export function method(
  name: string,
  stages: readonly string[],
  procedure: () => Procedure<Conclusion>,
): Method {
  let cached = startReplay(procedure);
  return {
    name,
    stages,
    next(campaign) {
      if (!cached.continues(campaign)) cached = startReplay(procedure);
      return cached.advance(campaign);
    },
  };
}

interface Replay {
  continues(campaign: Campaign): boolean;
  advance(campaign: Campaign): Step;
}

function startReplay(procedure: () => Procedure<Conclusion>): Replay {
  const steps = procedure();
  let fed = 0;
  let lastFed: PlannedBatch | undefined;
  let findings: Finding[] = [];
  let step = steps.next([]);

  const collect = (): void => {
    while (!step.done && step.value.kind === 'found') {
      findings.push(step.value.finding);
      step = steps.next([]);
    }
  };

  return {
    continues: (campaign) => fed === 0 || campaign.batches.get(fed - 1) === lastFed,
    advance(campaign) {
      const identity = campaign.facts?.identity ?? '';
      for (;;) {
        collect();
        if (step.done) {
          const { chosen, ...conclusion } = step.value;
          return { ...conclusion, chosen: chosen && trialKey(identity, chosen), findings };
        }
        const batch = step.value;
        if (batch.kind === 'found') continue;
        const planned = campaign.batches.get(fed);
        if (planned !== undefined) holdEqual(planned, batch, identity);
        const answers = batch.trials.map((spec) => campaign.trials.get(trialKey(identity, spec)));
        if (planned === undefined || !answers.every(isSettled)) {
          return { ...batch, ahead: batch.ahead ?? [], findings, planned: planned !== undefined };
        }
        fed += 1;
        lastFed = planned;
        findings = [];
        step = steps.next(answers);
      }
    },
  };
}

/** A journal made by another version of the method must not be continued as if it were ours. */
function holdEqual(planned: PlannedBatch, batch: Batch, identity: string): void {
  const keys = batch.trials.map((spec) => trialKey(identity, spec));
  if (planned.stage === batch.stage && canonicalJson(planned.trials) === canonicalJson(keys)) return;
  throw new FitfirstError(
    'METHOD_DIVERGED',
    `The journal's plan for the stage "${planned.stage}" (${planned.trials.length} trials) is not what this version ` +
      `of fitfirst would do (stage "${batch.stage}", ${batch.trials.length} trials). ` +
      'Finish the campaign with the version that began it, or start anew with --fresh.',
  );
}
