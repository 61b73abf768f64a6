import type { CampaignPlan } from '../../campaign/plan.js';
import type { MethodKind, PlanContext, PlanDiagnostics } from '../../methods/method-kind.js';
import type { NeededMetric } from '../../trainers/resolve-context.js';
import type { Checks } from '../diagnostics/checks.js';
import type { ConfigPath } from '../diagnostics/diagnostic.js';
import type { MethodDraft } from '../schema/structure.js';
import { metricProblem } from './check-metrics.js';
import { goalOfMetric } from './known-metrics.js';

/** A method, and what follows from its options. */
export interface ResolvedMethod {
  readonly kind: MethodKind;
  readonly plan: CampaignPlan;
  /** Metrics that its options name. */
  readonly metrics: readonly NeededMetric[];
}

/** The method of a config with its plan; null where it is missing or broken. */
export function resolveMethod(
  draft: MethodDraft | undefined,
  context: Pick<PlanContext, 'space' | 'constrained' | 'epochs' | 'task'>,
  checks: Checks,
): ResolvedMethod | null {
  if (draft === undefined || checks.isBroken(['method'])) return null;
  const { kind, path, options } = draft;
  if (options === undefined) {
    const missing = kind.form.kind === 'name' ? '' : ` ${kind.form.missing}`;
    checks.report(path, `key "${kind.name}" is missing.${missing}`, 'key');
    return null;
  }
  const { trainerKind } = checks;
  const { metrics: catalog } = trainerKind;
  const metrics: NeededMetric[] = [];
  const known = catalog && {
    problem: (option: string, metric: string) =>
      metricProblem(catalog, option, metric, ['train'], context.task),
    goal: (metric: string) => goalOfMetric(catalog, metric),
  };
  const needMetric = (key: string, name: string): void => {
    metrics.push({ key, name, isDefault: false });
  };
  const planContext = { ...context, trainer: trainerKind, metrics: known, needMetric };
  const plan = kind.resolve(options, planContext, diagnosticsAt(path, checks));
  return { kind, plan, metrics };
}

/** Puts what is wrong with a method at its place in the config. */
function diagnosticsAt(path: ConfigPath, checks: Checks): PlanDiagnostics {
  return {
    report: (option, sentence, at) => checks.report([...path, ...option], sentence, at),
    reportParameter: (name, sentence) => checks.report(['parameters', name], sentence, 'key'),
    isParameterBroken: (name) => checks.isBroken(['parameters', name]),
  };
}
