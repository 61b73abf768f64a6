import type { Campaign, PlannedBatch } from '../campaign/campaign.js';
import { canonicalJson } from '../campaign/canonical-json.js';
import type { ConclusionKind } from '../campaign/event.js';
import type { Finding } from '../campaign/finding.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import {
  isSameTrial,
  isSettled,
  type Settled,
  type TrialKey,
  type TrialSpec,
  trialKey,
} from '../campaign/trial.js';

/** Trials that may run at once, with the reason why they were chosen. */
export interface Batch {
  readonly kind: 'batch';
  readonly stage: string;
  readonly because: string;
  readonly trials: readonly TrialSpec[];
  /** Trials that may be needed next. Idle workers may run them, and nothing waits for them. */
  readonly speculative?: readonly TrialSpec[];
  /**
   * The trials, also the speculative ones, may be asked for again with up to this many epochs. They then go on from
   * where they ended, if their checkpoints were kept. Left out or null, none is kept.
   */
  readonly maxEpochs?: number | null;
}

/**
 * Trials to run while earlier ones still do. The procedure goes on when all but the last `window` - 1 of the trials
 * that it asked for in this way have settled, and is given the answers that became due by that, in the order of
 * asking. So it asks for trial i knowing the answers up to trial i - `window`, for any number of workers and in any
 * order of completion. With a window of 1 it waits for each trial.
 */
export interface Ask {
  readonly kind: 'ask';
  readonly stage: string;
  /** Consecutive asks with the same reason are one decision for people. */
  readonly because: string;
  readonly trials: readonly TrialSpec[];
  /** How many trials may be open when the next is asked for: a whole number from 1. */
  readonly window: number;
  /** As for a batch. Checkpoints are kept until the procedure has gone on with the trial's answer. */
  readonly maxEpochs?: number | null;
}

/** Waits for trials that were asked for by `ask`, and gives their answers, in the order of asking. */
export interface Collect {
  readonly kind: 'collect';
  /** How many of the last trials may stay open; by default it waits for all. */
  readonly leaves?: number;
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
 * How methods are written: as prose. A procedure yields a batch and is given its settled trials, in the order in which
 * it asked for them. It yields what it finds out too (and is given nothing). A procedure that need not wait for every
 * answer yields `Ask` and, at the end, `Collect`; a conclusion waits for whatever is still open.
 */
export type Procedure<Result> = Generator<Batch | Ask | Collect | Found, Result, readonly Settled[]>;

/** Trials that the method asks for, and what it waits for. */
export interface NextTrials extends Required<Batch> {
  readonly findings: readonly Finding[];
  /** Whether the journal has this batch already; a step that only waits is planned, too. */
  readonly planned: boolean;
  /**
   * All trials that the procedure has asked for and not been given yet, in the order of asking. No decision rests on
   * them.
   */
  readonly unanswered: readonly TrialSpec[];
  /** Those of them that have to settle before the method goes on. */
  readonly awaited: readonly TrialSpec[];
}

/** What comes next in a campaign. */
export type Step =
  | NextTrials
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
  next(campaign: Campaign): Step;
  /**
   * Does what would keep `next` busy for more than a few milliseconds, in small parts with turns of the event loop
   * between them; ends early if the signal aborts. Runs call it before `next`. Left out where nothing takes long.
   */
  prepare?(campaign: Campaign, signal: AbortSignal): Promise<void>;
  /** Begins the procedure that the method is made of; left out if it is made of none. */
  readonly procedure?: () => Procedure<Conclusion>;
}

/** Yields one finding. */
export function* found(finding: Finding): Procedure<void> {
  yield { kind: 'found', finding };
}

/**
 * A method from the procedure that describes it. `next` starts the procedure over and feeds it from the
 * campaign until it asks for something that is not planned or not settled, so that running, resuming and
 * replaying are one path. To spare long campaigns the quadratic cost, the generator of the last call goes
 * on where the campaign still begins with the batches that it was fed.
 */
export function method(name: string, procedure: () => Procedure<Conclusion>): Method {
  let cached: Replay | null = null;
  return {
    name,
    procedure,
    next(campaign) {
      if (cached?.continues(campaign) !== true) cached = startReplay(procedure);
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
  let lastAnswers: readonly Settled[] = [];
  let findings: Finding[] = [];
  /** Trials that were asked for by `ask` and whose answers are not due yet. */
  let open: readonly TrialSpec[] = [];
  /** Whether the trials of the current `ask` are among the open ones. */
  let isAsked = false;
  /** Up to how many epochs the open trials may be asked for again. */
  let maxEpochs: number | null = null;
  let step = steps.next([]);

  const collect = (): void => {
    while (!step.done && step.value.kind === 'found') {
      findings.push(step.value.finding);
      step = steps.next([]);
    }
  };

  const give = (answers: readonly Settled[]): void => {
    lastAnswers = answers;
    step = steps.next(answers);
  };

  const consume = (planned: PlannedBatch): void => {
    fed += 1;
    lastFed = planned;
    findings = [];
  };

  /** Gives the answers to the first open trials, or the step that waits for them. */
  const answer = (due: number, campaign: Campaign, identity: string): NextTrials | null => {
    const awaited = open.slice(0, Math.max(0, due));
    const answers = settledOf(awaited, campaign, identity);
    if (answers === null) return { ...waitingStep(campaign), maxEpochs, unanswered: open, awaited };
    open = open.slice(awaited.length);
    isAsked = false;
    give(answers);
    return null;
  };

  return {
    continues: (campaign) =>
      (fed === 0 || campaign.batches.get(fed - 1) === lastFed) &&
      lastAnswers.every((answer) => isSameTrial(campaign.trials.get(answer.key), answer)),
    advance(campaign) {
      const identity = campaign.facts?.identity ?? '';
      for (;;) {
        collect();
        if (step.done) {
          if (settledOf(open, campaign, identity) === null) {
            return { ...waitingStep(campaign), maxEpochs, unanswered: open, awaited: open };
          }
          const { chosen, ...conclusion } = step.value;
          return { ...conclusion, chosen: chosen && trialKey(identity, chosen), findings };
        }
        const value = step.value;
        switch (value.kind) {
          case 'found':
            continue;
          case 'collect': {
            const wait = answer(open.length - (value.leaves ?? 0), campaign, identity);
            if (wait !== null) return wait;
            continue;
          }
          case 'ask': {
            if (!isAsked) {
              const asked = [...open, ...value.trials];
              maxEpochs = value.maxEpochs ?? null;
              const planned = campaign.batches.get(fed);
              if (planned === undefined) {
                const awaited = asked.slice(0, Math.max(0, dueOf(asked, value)));
                return { ...toPlan(value, findings), unanswered: asked, awaited };
              }
              holdEqual(planned, value, identity);
              consume(planned);
              open = asked;
              isAsked = true;
            }
            const wait = answer(dueOf(open, value), campaign, identity);
            if (wait !== null) return wait;
            continue;
          }
          case 'batch': {
            const planned = campaign.batches.get(fed);
            if (planned !== undefined) holdEqual(planned, value, identity);
            const answers = settledOf(value.trials, campaign, identity);
            if (planned === undefined || answers === null) {
              const unanswered = [...open, ...value.trials];
              const next = { ...toPlan(value, findings), unanswered, awaited: value.trials };
              return { ...next, planned: planned !== undefined };
            }
            consume(planned);
            give(answers);
            continue;
          }
          default:
            return value satisfies never;
        }
      }
    },
  };
}

/** How many of the open trials have to settle before the procedure goes on. */
function dueOf(open: readonly TrialSpec[], { window }: Ask): number {
  if (Number.isInteger(window) && window >= 1) return open.length - (window - 1);
  throw new RangeError(`a window is a whole number from 1, not ${window}`);
}

function toPlan(
  value: Batch | Ask,
  findings: readonly Finding[],
): Omit<NextTrials, 'unanswered' | 'awaited'> {
  const { stage, because, trials } = value;
  const speculative = value.kind === 'batch' ? (value.speculative ?? []) : [];
  const maxEpochs = value.maxEpochs ?? null;
  return { kind: 'batch', stage, because, trials, speculative, maxEpochs, findings, planned: false };
}

/** A step that plans nothing. */
function waitingStep({ batches }: Campaign): Omit<NextTrials, 'unanswered' | 'awaited' | 'maxEpochs'> {
  const { stage = '', because = '' } = batches.last() ?? {};
  const none = { trials: [], speculative: [], findings: [] };
  return { kind: 'batch', stage, because, ...none, planned: true };
}

/** The trials if all of them are settled, else null. */
function settledOf(
  specs: readonly TrialSpec[],
  campaign: Campaign,
  identity: string,
): readonly Settled[] | null {
  const answers = specs.map((spec) => campaign.trials.get(trialKey(identity, spec)));
  return answers.every(isSettled) ? answers : null;
}

/** A journal made by another version of the method must not be continued as if it were ours. */
function holdEqual(planned: PlannedBatch, batch: Batch | Ask, identity: string): void {
  const keys = batch.trials.map((spec) => trialKey(identity, spec));
  if (planned.stage === batch.stage && canonicalJson(planned.trials) === canonicalJson(keys)) return;
  throw new FitfirstError(
    'METHOD_DIVERGED',
    `The journal's plan for the stage "${planned.stage}" (${planned.trials.length} trials) is not what this version ` +
      `of fitfirst would do (stage "${batch.stage}", ${batch.trials.length} trials). ` +
      'Finish the campaign with the version that began it, or start over with --fresh.',
  );
}
