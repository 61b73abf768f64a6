import type { Domain } from '../campaign/domain.js';
import type { Finding } from '../campaign/finding.js';
import type { CampaignPlan } from '../campaign/plan.js';
import type { SearchSpace } from '../campaign/search-space.js';
import type { Prior } from '../campaign/space/prior.js';
import type { DataOptions } from '../data/options.js';
import { COST_OBJECTIVES, withObjectives } from '../methods/pareto/objectives.js';
import { withFinalists } from '../methods/search-finalists.js';
import type { StopEarly } from '../methods/stop-early/stop-early.js';
import type { NeededMetric } from '../trainers/resolve-context.js';
import type { DeclaredParameter, Task } from '../trainers/trainer-kind.js';
import type { ConfigKinds } from './config-kinds.js';
import { resolveWhere } from './constraints/resolve-where.js';
import type { Checks } from './diagnostics/checks.js';
import { resolveExternalMetric } from './resolve/check-external-metrics.js';
import { resolveMetric } from './resolve/check-metrics.js';
import { checkTask } from './resolve/check-task.js';
import { refuseMethodKeys } from './resolve/refuse-method-keys.js';
import { resolveConditions } from './resolve/resolve-conditions.js';
import { resolveDomain } from './resolve/resolve-domain.js';
import { resolveEnqueue, resolveStop } from './resolve/resolve-enqueue.js';
import { resolveExecutor } from './resolve/resolve-executor.js';
import { resolveFinish } from './resolve/resolve-finish.js';
import { type ResolvedMethod, resolveMethod } from './resolve/resolve-method.js';
import { resolveObjectives } from './resolve/resolve-objectives.js';
import { resolveOutlets } from './resolve/resolve-outlets.js';
import { refusePriors, resolvePriors } from './resolve/resolve-priors.js';
import { resolveConfirm, resolveRepeats } from './resolve/resolve-repeats.js';
import { resolveStopEarly } from './resolve/resolve-stop-early.js';
import { spellingsOf } from './resolve/spellings.js';
import type { ResolvedConfig } from './resolved-config.js';
import { nameSchema } from './schema/config-schema.js';
import { valueAt } from './schema/describe-schema.js';
import type { ConditionInput, ParameterInput } from './schema/parameter-schema.js';
import type { ConfigDraft } from './schema/structure.js';

/** Where a config lies. */
export interface ConfigOrigin {
  /** The folder that its paths start from, absolute. */
  readonly folder: string;
  /** The name of a campaign that is given none. */
  readonly name: string;
}

/** What is needed to read a config. */
interface ConfigContext extends ConfigOrigin {
  /** The section `data`; null where it is missing or broken. */
  readonly data: DataOptions | null;
  /** What its data are for, where they have shown it. */
  readonly task: Task | null;
  /** What it can name. */
  readonly kinds: ConfigKinds;
}

/**
 * Says everything: defaults, absolute paths, parameters as domains. What does not go together is said to
 * `checks`; null where a section is missing or broken, of which enough was said before.
 */
export function resolveConfig(
  draft: ConfigDraft,
  context: ConfigContext,
  checks: Checks,
): ResolvedConfig | null {
  const { data } = context;
  const { trainerKind } = checks;
  const { parameters: declared, metrics: catalog } = trainerKind;
  const task = trainerKind.needsData ? (context.task ?? data?.task ?? null) : (data?.task ?? null);
  const name = readName(draft.name, context, checks);
  const space = readSpace(draft.parameters ?? {}, checks);
  if (task !== null) checkTask(space, task, checks);
  const epochs = declared === null ? freeEpochs(space) : readEpochs(declared, space, checks);
  const metric =
    draft.metric &&
    (catalog === null
      ? resolveExternalMetric(draft.metric, checks)
      : resolveMetric(catalog, draft.metric, task, checks));
  if (catalog !== null && metric?.name.startsWith('test_') && data !== null && !hasTestPart(data)) {
    checks.report(['metric', 'name'], `metric.name is "${metric.name}", but data.split leaves no test part.`);
  }
  const repeats = resolveRepeats(draft.repeats, checks);
  const defaults = trainerKind.fixedParameters(Object.keys(space));
  const constraints = resolveWhere(draft.where, space, defaults, checks);
  const constrained = constraints.flatMap(({ names }) => names);
  const method = resolveMethod(draft.method, { space, constrained, epochs, task }, checks);
  const enqueue = resolveEnqueue(draft.enqueue, { space, constraints, seed: draft.seed ?? 0 }, checks);
  const stop = resolveStop(draft.stop, checks);
  if (method !== null) refuseMethodKeys(method.kind, context.kinds.methods, checks);
  if (method !== null) refusePriors(space, method.kind, context.kinds.methods, checks);
  if (method !== null) refuseOpenRanges(space, method.plan.growth?.parameter ?? null, checks);
  const stopEarly = resolveStopEarly(draft, { space, epochs }, checks);
  const finish = resolveFinish(draft, checks);
  const known = { metric: metric ?? null, method: method?.kind ?? null, task };
  const objectives = resolveObjectives(draft, known, checks);
  const confirm =
    method === null || repeats === null || objectives.length > 0
      ? 0
      : resolveConfirm(draft.confirm, method.kind, repeats, trainerKind.isCheap);
  const { seed, checkpoint, workers, budget, retries, max_failures: maxFailures } = draft;
  const trainer =
    draft.trainer === undefined
      ? undefined
      : trainerKind.resolve(draft.trainer, {
          folder: context.folder,
          parameters: Object.keys(space),
          conditional: Object.keys(space).filter((name) => space[name]?.when !== undefined),
          metrics: neededMetrics(draft, method, checks),
          spellings: spellingsOf(checks.document),
          report: (path, sentence) => checks.report(path, sentence),
        });
  const executor =
    trainer && resolveExecutor(draft.executor, trainer.executor, context.kinds.executors, checks);
  const outlets = resolveOutlets(draft.outlets, context.kinds.outlets, checks);
  if (trainer && executor?.kind.isRemote === true && (trainer.keptCheckpoints?.which ?? 'none') !== 'none') {
    checks.report(
      ['trainer', 'keep'],
      'checkpoints of programs that run on other machines do not stay in the results folder. Leave keep out.',
    );
  }
  if (data === null && trainerKind.needsData) return null;
  if (metric == null || seed === undefined || repeats === null || method === null || executor == null)
    return null;
  if (trainer === undefined || checkpoint === undefined || workers === undefined) return null;
  if (retries === undefined || maxFailures === undefined || budget === undefined) return null;
  return {
    name,
    seed,
    data,
    trainerKind,
    trainer,
    executor,
    outlets,
    metric,
    objectives,
    space,
    constraints,
    enqueue,
    stop,
    defaults,
    epochs,
    repeats,
    methodKind: method.kind,
    plan: withObjectives(withFinalists(withStopEarly(method.plan, stopEarly), confirm), objectives),
    stopEarly,
    confirm,
    checkpoint,
    finish,
    workers,
    budget: { hours: budget.hours ?? null, trials: budget.trials ?? null },
    retries,
    maxFailures,
  };
}

function withStopEarly(plan: CampaignPlan, stopEarly: StopEarly | null): CampaignPlan {
  if (stopEarly === null) return plan;
  const { fallingBehind, patience } = stopEarly;
  const options = { ...fallingBehind, ...(patience !== null && { patience }) };
  return { ...plan, options: { ...plan.options, stop_early: options } };
}

function hasTestPart(data: DataOptions): boolean {
  // Whether a column names a test part is known when it is read.
  if (data.split.kind === 'none' || data.split.kind === 'column') return true;
  return data.split.test > 0 || (data.source.kind !== 'generated' && data.source.test !== null);
}

function readName(given: string | undefined, origin: ConfigOrigin, checks: Checks): string {
  if (given !== undefined) return given;
  if (!nameSchema.safeParse(origin.name).success)
    checks.report(
      ['name'],
      'the name of this file makes no name for a campaign. Give it one: name: digits.',
      'key',
    );
  return origin.name;
}

/** The domains, in the order in which the file has them. */
function readSpace(
  inputs: Readonly<Record<string, ParameterInput | undefined>>,
  checks: Checks,
): SearchSpace {
  const written = valueAt(checks.document.value, ['parameters']);
  const names = typeof written === 'object' && written !== null ? Object.keys(written) : [];
  const domains = names.flatMap((name): [string, Domain][] => {
    const input = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (input === undefined) return [];
    const domain = resolveDomain(name, input, checks);
    if (domain !== null) return [[name, domain]];
    checks.markInvalid(['parameters', name]);
    return [];
  });
  const conditions = new Map<string, ConditionInput>();
  const priors = new Map<string, Prior>();
  for (const name of names) {
    const input = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (typeof input !== 'object') continue;
    if ('when' in input && input.when !== undefined) conditions.set(name, input.when);
    if ('prior' in input && input.prior !== undefined) priors.set(name, input.prior);
  }
  return resolvePriors(resolveConditions(Object.fromEntries(domains), conditions, checks), priors, checks);
}

/** Sizes without end need a method that knows when to stop: they are for the parameter that grows. */
function refuseOpenRanges(space: SearchSpace, grown: string | null, checks: Checks): void {
  for (const [name, domain] of Object.entries(space)) {
    if (domain.kind !== 'open' || name === grown) continue;
    const only = grown === null ? 'the parameter that fit_first grows' : `the grown parameter, ${grown},`;
    checks.report(
      ['parameters', name],
      `${name} is an open range, and only ${only} can be one. List its values, as in {values: [8, 16, 32]}.`,
      'key',
    );
  }
}

/** The budget: one value for all trials, so that the best epoch of one can be held against another's. */
function readEpochs(
  declared: ReadonlyMap<string, DeclaredParameter>,
  space: SearchSpace,
  checks: Checks,
): number {
  const initial = Number(declared.get('epochs')?.initial ?? ENDLESS);
  const domain = space.epochs;
  if (domain === undefined) return initial;
  if (domain.kind === 'fixed' && typeof domain.value === 'number') return domain.value;
  checks.report(
    ['parameters', 'epochs'],
    'epochs is the budget of every trial and takes one value, as in {value: 60}; checkpoint: ' +
      'best finds the best epoch below it.',
  );
  return initial;
}

/** More epochs than any trial has: a trainer with free parameters ends when it likes where the config does not say. */
const ENDLESS = 1_000_000;

function freeEpochs(space: SearchSpace): number {
  const { epochs } = space;
  const value = epochs?.kind === 'fixed' ? epochs.value : null;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : ENDLESS;
}

/** The metrics that the trainer has to report, as far as they are known. */
function neededMetrics(
  draft: ConfigDraft,
  method: ResolvedMethod | null,
  checks: Checks,
): readonly NeededMetric[] {
  const ofMethod = method?.metrics ?? [];
  if (draft.metric === undefined) return ofMethod;
  const isDefault = valueAt(checks.document.value, ['metric', 'name']) === undefined;
  const further = (draft.metric.objectives ?? [])
    .filter(({ name }) => !COST_OBJECTIVES.has(name))
    .map(({ name }) => ({ key: 'metric.objectives', name, isDefault: false }));
  return [{ key: 'metric.name', name: draft.metric.name, isDefault }, ...further, ...ofMethod];
}

/** What is worth a warning in a config that is sound. */
export function findingsOf(config: ResolvedConfig): Finding[] {
  const findings = [...config.trainer.findings(config.space)];
  const knowsTestPart = config.trainerKind.metrics !== null && config.data !== null;
  if (knowsTestPart && config.metric.name.startsWith('test_') && config.data.split.kind !== 'none') {
    findings.push({
      kind: 'warning',
      code: 'test-metric-in-search',
      numbers: { metric: config.metric.name },
      because:
        `The search optimises ${config.metric.name}, so the test score at the end is of rows ` +
        'that choices were made by.',
    });
  }
  return findings;
}
