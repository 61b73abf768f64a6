import { canonicalJson } from '../../campaign/canonical-json.js';
import type { Parameters } from '../../campaign/parameters.js';
import type { CampaignPlan, StageRole } from '../../campaign/plan.js';
import type { Settled, TrialKey, TrialSpec } from '../../campaign/trial.js';
import type { Comparison } from '../comparison.js';
import { isOff } from '../finalists.js';
import type { Ask, Batch, Conclusion, Procedure } from '../method.js';
import { epochBoundsFor, type StopEarlyRule } from './epoch-bounds-for.js';
import { withSpecs } from './with-specs.js';

/** What a procedure is wrapped with. */
export interface StopEarlyOptions {
  readonly rule: StopEarlyRule;
  readonly plan: Pick<CampaignPlan, 'stages' | 'regularisers'>;
  readonly comparison: Comparison;
}

/**
 * The procedure, whose trials end early where they fall behind. The bounds of a trial are part of its spec and follow
 * from answers that the procedure has had when it asks for the trial. So one key still stands for one result, and no
 * decision depends on what happens to run. A batch of a search or a race, which asks for everything at once, is asked
 * for trial by trial within the window of the rule, so that there is something to compare with.
 *
 * Only the first repeats of a search and a race are stopped: later ones are run for intervals, which need whole trials.
 * Settings with all regularisers off are not stopped in a race, since the gain is measured against them.
 */
export function* stoppingEarly(
  procedure: Procedure<Conclusion>,
  { rule, plan, comparison }: StopEarlyOptions,
): Procedure<Conclusion> {
  const roles = new Map(plan.stages.map(({ name, role }) => [name, role] as const));
  const off = offValues(plan);
  /** Each spec that was asked for with its bounds, which it keeps. */
  const specs = new Map<string, TrialSpec>();
  /** Answers by repeat and epochs, in the order in which they were given. */
  const answers = new Map<string, Settled[]>();
  const known = new Set<TrialKey>();
  /** Trials that the procedure asked for itself and has not been given yet. */
  let owed = 0;

  const learn = (settled: readonly Settled[]): readonly Settled[] => {
    for (const trial of settled) {
      if (known.has(trial.key) || !specs.has(textOf(trial.spec))) continue;
      known.add(trial.key);
      const group = groupOf(trial.spec);
      answers.set(group, [...(answers.get(group) ?? []), trial]);
    }
    return settled;
  };
  const mayStop = (spec: TrialSpec, role: StageRole | undefined): boolean => {
    if (spec.until !== null || spec.finish !== null) return false;
    if (role === 'grow') return true;
    if (role === 'race' && off !== null && isOff(spec.parameters, off)) return false;
    return (role === 'search' || role === 'race') && spec.repeat <= comparison.repeats.first;
  };
  const isCompared = (spec: TrialSpec, role: StageRole | undefined): boolean =>
    mayStop(spec, role) || (role === 'race' && spec.repeat <= comparison.repeats.first);
  const bounded = (spec: TrialSpec, role: StageRole | undefined): TrialSpec => {
    const text = textOf(spec);
    const asked = specs.get(text);
    if (asked !== undefined || !isCompared(spec, role)) return asked ?? spec;
    const others = answers.get(groupOf(spec)) ?? [];
    const bounds = mayStop(spec, role) ? epochBoundsFor(spec.epochs, others, comparison.metric, rule) : [];
    const own = bounds.length === 0 ? spec : { ...spec, bounds };
    specs.set(text, own);
    return own;
  };
  const isNew = (spec: TrialSpec): boolean => !specs.has(textOf(spec));
  const boundedStep = <Step extends Ask | Batch>(step: Step): Step => {
    const role = roles.get(step.stage);
    return withSpecs(step, (spec) => bounded(spec, role));
  };
  function* oneByOne({ stage, because, trials, maxEpochs = null }: Batch): Procedure<readonly Settled[]> {
    const settled: Settled[] = [];
    const role = roles.get(stage);
    for (const spec of trials) {
      const step = { kind: 'ask', stage, because, window: rule.window, maxEpochs } as const;
      settled.push(...learn(yield { ...step, trials: [bounded(spec, role)] }));
    }
    settled.push(...learn(yield { kind: 'collect' }));
    return settled;
  }

  let step = procedure.next([]);
  while (!step.done) {
    const { value } = step;
    let given: readonly Settled[];
    if (value.kind === 'found' || value.kind === 'collect') {
      given = learn(yield value);
      owed -= given.length;
    } else if (value.kind === 'ask') {
      owed += value.trials.length;
      given = learn(yield boundedStep(value));
      owed -= given.length;
    } else {
      const role = roles.get(value.stage);
      const isSpread =
        owed === 0 && role !== 'grow' && value.trials.some((spec) => isNew(spec) && mayStop(spec, role));
      given = isSpread ? yield* oneByOne(value) : learn(yield boundedStep(value));
    }
    step = procedure.next(given);
  }
  return step.value;
}

/** The spec as the procedure asked for it. */
function textOf({ bounds: _, ...spec }: TrialSpec): string {
  return canonicalJson(spec);
}

const groupOf = ({ repeat, epochs }: TrialSpec): string => `${repeat} ${epochs}`;

/** The regularisers at their off values; null where there is none. */
function offValues({ regularisers }: Pick<CampaignPlan, 'regularisers'>): Parameters | null {
  const known = regularisers.flatMap(({ name, off }) => (off === null ? [] : [[name, off] as const]));
  return known.length === 0 ? null : Object.fromEntries(known);
}
