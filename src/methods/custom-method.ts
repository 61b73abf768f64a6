import { type TrialRecord, trialRecord } from '../campaign/campaign-record.js';
import type { PlanOptions } from '../campaign/plan.js';
import { Reports } from '../campaign/tables/reports.js';
import { trialScore } from '../campaign/trial-score.js';
import { describeValue } from '../text/describe-value.js';
import type { Ask, Batch, Collect, Conclusion, Found, Method, Procedure } from './method.js';
import { method } from './method.js';
import type { MethodContext, MethodPlan, PlanContext } from './method-kind.js';

/** How a custom method is written: like `Procedure`, with trials as plain objects. */
export type CustomProcedure = Generator<Batch | Ask | Collect | Found, Conclusion, readonly TrialRecord[]>;

/** What a custom method works with. */
export interface CustomMethodContext extends MethodContext {
  /**
   * The number that a settled trial is judged by, under the metric and checkpoint of the config. Infinity or -Infinity,
   * whichever is worse, for a trial that failed, diverged or was stopped.
   */
  score(trial: TrialRecord): number;
}

/** A search method that a program brings along. The program that makes it gives it its options. */
export interface CustomMethod<Options extends PlanOptions = PlanOptions> {
  /** Its name in messages and in the journal; not that of a built-in method. */
  readonly name: string;
  /**
   * The plan for a search space: the stages and all options, as plain JSON. The journal keeps it, and a campaign
   * resumes only under an equal plan.
   */
  plan(context: Pick<PlanContext, 'space' | 'epochs'>): MethodPlan<Options>;
  /**
   * The procedure. It starts over whenever a campaign resumes and gets the same answers again, so it may depend on its
   * arguments and answers only: no clock, no generator of random numbers of its own, no state outside of this function.
   */
  search(plan: MethodPlan<Options>, context: CustomMethodContext): CustomProcedure;
}

/** Returns the method unchanged, with its types checked. */
export function defineMethod<Options extends PlanOptions>(
  method: CustomMethod<Options>,
): CustomMethod<Options> {
  return method;
}

/** The method of one run. */
export function createCustomMethod<Options extends PlanOptions>(
  custom: CustomMethod<Options>,
  plan: MethodPlan<Options>,
  context: MethodContext,
): Method {
  const score = (trial: TrialRecord): number =>
    trialScore({ ...trial, reports: Reports.of(trial.reports) }, context.comparison);
  const { name } = custom;
  return method(name, () => withPlainTrials(name, custom.search(plan, { ...context, score })));
}

function* withPlainTrials(name: string, procedure: CustomProcedure): Procedure<Conclusion> {
  let step = procedure.next([]);
  while (!step.done) {
    if (!STEP_KINDS.has(step.value?.kind)) {
      const found = describeValue(step.value?.kind);
      const expected = [...STEP_KINDS].join(', ');
      throw new TypeError(
        `The method ${name} yields a step of the kind ${found}; expected one of ${expected}.`,
      );
    }
    const settled = yield step.value;
    step = procedure.next(settled.map(trialRecord));
  }
  return step.value;
}

const STEP_KINDS: ReadonlySet<unknown> = new Set(['batch', 'ask', 'collect', 'found']);
