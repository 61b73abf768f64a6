import { goalInName, type Metric } from '../../campaign/metric.js';
import type { MethodKind } from '../../methods/method-kind.js';
import { COST_OBJECTIVES } from '../../methods/pareto/objectives.js';
import { formatList } from '../../text/list.js';
import { quote } from '../../text/quote.js';
import type { Task } from '../../trainers/trainer-kind.js';
import type { Checks } from '../diagnostics/checks.js';
import type { ConfigDraft } from '../schema/structure.js';
import { metricProblem } from './check-metrics.js';
import { goalOfMetric } from './known-metrics.js';

interface ObjectiveContext {
  readonly metric: Metric | null;
  readonly method: MethodKind | null;
  readonly task: Task | null;
}

/** Keys that need one number to compare settings by. */
const NEEDS_ONE_OBJECTIVE = ['stop', 'stop_early', 'confirm'] as const;

/** The objectives in addition to the metric. What is wrong with one is reported, and it is left out. */
export function resolveObjectives(
  draft: ConfigDraft,
  { metric, method, task }: ObjectiveContext,
  checks: Checks,
): Metric[] {
  const written = draft.metric?.objectives;
  if (written === undefined) return [];
  if (method !== null && method.supports?.includes('objectives') !== true) {
    const sentence =
      'metric.objectives goes with the methods grid, random, sobol and tpe; ' +
      `the method here is ${method.name}. Take it out.`;
    checks.report(['metric', 'objectives'], sentence, 'key');
  }
  for (const key of NEEDS_ONE_OBJECTIVE) {
    const value = draft[key];
    if (value === undefined || value === 'off' || value === 0) continue;
    checks.report([key], `${key} goes with one objective, and metric.objectives has further ones.`, 'key');
  }
  if (typeof draft.repeats === 'object' && draft.repeats.eliminate === 'paired') {
    const sentence =
      'paired tests compare settings by one objective, and metric.objectives has further ones. Write ' +
      'eliminate: halving.';
    checks.report(['repeats', 'eliminate'], sentence);
  }
  const names = new Set(metric === null ? [] : [metric.name]);
  return written.flatMap(({ name, goal }, index) => {
    const path = ['metric', 'objectives', index, 'name'];
    if (names.has(name)) {
      checks.report(path, `metric.objectives names ${quote(name)}, which is an objective already.`);
      return [];
    }
    names.add(name);
    const natural = COST_OBJECTIVES.has(name)
      ? costGoal(name, path, checks)
      : naturalGoal(name, task, path, checks);
    if (natural === 'unknown') return [];
    const chosen = goal ?? natural;
    if (chosen !== null) return [{ name, goal: chosen }];
    const sentence = `the name ${quote(name)} does not say what is better. Write its goal: minimize or maximize.`;
    checks.report(path, sentence);
    return [];
  });
}

function costGoal(name: string, path: readonly (string | number)[], { report, trainerKind }: Checks) {
  if (trainerKind.label === null) return 'minimize' as const;
  const sentence = `${name} is known of the built-in network only. Let your trainer report a metric of another name.`;
  report(path, sentence);
  return 'unknown' as const;
}

/** What is better in a metric; null if its name does not say it, `unknown` if the trainer does not have it. */
function naturalGoal(name: string, task: Task | null, path: readonly (string | number)[], checks: Checks) {
  const { metrics: catalog } = checks.trainerKind;
  if (catalog === null) return goalInName(name);
  const problem = metricProblem(catalog, 'metric.objectives', name, ['val', 'train'], task);
  if (problem === null) return goalOfMetric(catalog, name);
  checks.report(path, `${problem} Costs are ${formatList([...COST_OBJECTIVES.keys()])}.`);
  return 'unknown' as const;
}
