import { z } from 'zod';
import { type Bounds, type Domain, gridOf } from '../campaign/domain.js';
import type { Goal } from '../campaign/metric.js';
import type { ParameterValue } from '../campaign/parameters.js';
import type { CampaignPlan, PlannedStage, StageRole } from '../campaign/plan.js';
import { maskValues } from '../text/masked-value.js';

/**
 * Events as version 0.1.0 wrote them, in the form that this version reads. Everything here describes what 0.1.0 did,
 * so it stays as it is when the code around it changes.
 */
export function upgradeEvent(event: unknown): unknown {
  if (!isRecord(event)) return event;
  switch (event.type) {
    case 'campaign-started':
    case 'campaign-extended':
      return withMaskedValues('plan' in event ? event : upgradeFacts(event));
    case 'campaign-concluded':
      return 'kind' in event ? event : { ...event, kind: conclusionKindOf(event) };
    default:
      return event;
  }
}

/** Values of `trainer.env`, which 0.1.0 wrote as they were, must not get from its journals into reports. */
function withMaskedValues(event: unknown): unknown {
  if (!isRecord(event) || !isRecord(event.config)) return event;
  const { trainer } = event.config;
  if (!isRecord(trainer) || !isRecord(trainer.env)) return event;
  return { ...event, config: { ...event.config, trainer: { ...trainer, env: maskValues(trainer.env) } } };
}

/** What the facts of version 0.1.0 have to hold for a plan to follow from them. */
const factsSchema = z.object({
  stages: z.array(z.string()),
  parameters: z.array(z.string()),
  config: z.unknown(),
  data: z.looseObject({ task: z.enum(['classification', 'regression']) }).nullable(),
});

const scalar = z.union([z.number(), z.string(), z.boolean()]);
const value = z.union([scalar, z.array(scalar)]);
const column = z.union([z.string(), z.number()]);
const bounds = { min: z.number(), max: z.number() };
const normal = { mu: z.number(), sigma: z.number(), min: z.number().optional(), max: z.number().optional() };
const distributionSchema = z.discriminatedUnion('distribution', [
  z.strictObject({ distribution: z.literal('uniform'), ...bounds }),
  z.strictObject({ distribution: z.literal('int_uniform'), ...bounds }),
  z.strictObject({ distribution: z.literal('log_uniform_values'), ...bounds }),
  z.strictObject({ distribution: z.literal('q_uniform'), ...bounds, q: z.number() }),
  z.strictObject({ distribution: z.literal('q_log_uniform_values'), ...bounds, q: z.number() }),
  z.strictObject({ distribution: z.literal('normal'), ...normal }),
  z.strictObject({ distribution: z.literal('q_normal'), ...normal, q: z.number() }),
]);
const domainSchema = z.union([
  z.strictObject({ value }),
  z.strictObject({ values: z.array(value), probabilities: z.array(z.number()).optional() }),
  distributionSchema,
]);

/** The options of its method fit_first, as the config of the facts has them. */
const fitFirstSchema = z.looseObject({
  kind: z.literal('fit_first'),
  grow: z.string(),
  dropout: z.array(z.string()),
  fit: z.looseObject({
    metric: z.string().nullable(),
    goal: z.enum(['minimize', 'maximize']).nullable(),
    repeats: z.number(),
    quorum: z.number().nullable(),
  }),
});
const methodSchema = z.union([fitFirstSchema, z.looseObject({ kind: z.enum(['grid', 'random']) })]);

const configSchema = z.looseObject({
  seed: z.number().default(0),
  trainer: z.unknown(),
  data: z
    .looseObject({ drop: z.array(column), split: z.looseObject({ column: column.optional() }) })
    .nullable()
    .default(null),
  parameters: z.record(z.string(), domainSchema).default({}),
  method: methodSchema,
});

/** The event as it is where version 0.1.0 cannot have written it: the reader then says what is wrong with it. */
function upgradeFacts(event: UnknownRecord): unknown {
  const facts = factsSchema.safeParse(event);
  const read = configSchema.safeParse(facts.data?.config);
  if (!facts.success || !read.success) return event;
  const { method, ...config } = read.data;
  const { stages: _, ...rest } = event;
  const { parameters, data } = facts.data;
  const domains = parameters.map((name) => [name, domainOf(config.parameters[name])] as const);
  const space = Object.fromEntries(domains);
  const trainer = config.trainer === 'mlp' ? 'built-in' : 'external';
  const task = data?.task ?? 'classification';
  return {
    ...rest,
    plan: planOf(facts.data.stages, method, { space, task, trainer }),
    seed: config.seed,
    trainer,
    space,
    config: withoutMethod(facts.data.config),
    data: data && { ...data, dropped: droppedColumns(config.data) },
    notices: false,
  };
}

/** The config as it was read from the journal: parsing it could leave something out. */
function withoutMethod(config: unknown): unknown {
  if (!isRecord(config)) return config;
  const { method: _, ...rest } = config;
  return rest;
}

function droppedColumns(data: z.output<typeof configSchema>['data']): readonly (string | number)[] {
  if (data === null) return [];
  const { drop, split } = data;
  return [...new Set(split.column === undefined ? drop : [...drop, split.column])];
}

function domainOf(input: z.output<typeof domainSchema> | undefined): Domain {
  if (input === undefined) return { kind: 'values', values: [], probabilities: null };
  if ('value' in input) return { kind: 'fixed', value: input.value };
  if ('values' in input) {
    return { kind: 'values', values: input.values, probabilities: input.probabilities ?? null };
  }
  switch (input.distribution) {
    case 'normal': {
      const { mu, sigma } = input;
      return { kind: 'normal', mu, sigma, bounds: boundsOf(input) };
    }
    case 'q_normal': {
      const { mu, sigma, q } = input;
      return { kind: 'q_normal', mu, sigma, q, bounds: boundsOf(input) };
    }
    case 'q_uniform':
    case 'q_log_uniform_values': {
      const { distribution: kind, min, max, q } = input;
      return { kind, min, max, q };
    }
    default: {
      const { distribution: kind, min, max } = input;
      return { kind, min, max };
    }
  }
}

function boundsOf({ min, max }: { min?: number | undefined; max?: number | undefined }): Bounds | null {
  return min === undefined || max === undefined ? null : { min, max };
}

interface PlanFacts {
  readonly space: Readonly<Record<string, Domain>>;
  readonly task: 'classification' | 'regression';
  readonly trainer: 'built-in' | 'external';
}

/** What each of its stages was for. */
const ROLES: ReadonlyMap<string, StageRole> = new Map([
  ['grow', 'grow'],
  ['search', 'search'],
  ['dropout', 'race'],
  ['confirm', 'confirm'],
  ['finish', 'finish'],
]);

function planOf(
  names: readonly string[],
  method: z.output<typeof methodSchema>,
  { space, task, trainer }: PlanFacts,
): unknown {
  const stages = names.map((name): PlannedStage => ({ name, role: ROLES.get(name) ?? 'search' }));
  const { kind: _, ...options } = method;
  const fitFirst = fitFirstSchema.safeParse(method).data;
  if (fitFirst === undefined) return { stages, growth: null, regularisers: [], options };
  const { grow, dropout, fit } = fitFirst;
  const { repeats, quorum } = fit;
  const metric = fit.metric ?? (task === 'classification' ? 'train_accuracy' : 'train_r2');
  const goal = fit.goal ?? goalOf(metric);
  const growth: CampaignPlan['growth'] = {
    parameter: grow,
    sizes: sizesOf(space[grow]),
    metric,
    goal,
    repeats,
    quorum: quorum === null ? Math.floor(repeats / 2) + 1 : Math.max(1, Math.ceil(quorum * repeats - 1e-9)),
    open: null,
    until: null,
  };
  // All regularisers of the built-in network are off at 0. What a config said of a program's was not recorded.
  const off = trainer === 'built-in' ? 0 : null;
  return {
    stages,
    growth,
    regularisers: dropout.map((name) => ({ name, off })),
    options: { ...options, fit: { ...fit, metric, goal } },
  };
}

/** Numbers by their size, lists by their sum. */
function sizesOf(domain: Domain | undefined): ParameterValue[] {
  const values = domain === undefined ? [] : (gridOf(domain) ?? []);
  const magnitude = (size: ParameterValue): number =>
    Array.isArray(size) ? size.reduce((sum: number, width) => sum + Number(width), 0) : Number(size);
  return values.sort((a, b) => magnitude(a) - magnitude(b));
}

function goalOf(metric: string): Goal {
  return /(loss|rmse|mse|mae|error|perplexity)$/i.test(metric) ? 'minimize' : 'maximize';
}

/** Version 0.1.0 had one conclusion that no size fits. All others without a choice were failures. */
function conclusionKindOf({ chosen, because, findings }: UnknownRecord): string {
  if (chosen !== null) return 'chosen';
  if (because !== 'Nothing fits, and the config says to stop then.') return 'failed';
  // Where no trial of the growth gave the metric, the campaign counted as failed.
  const isMeasured = Array.isArray(findings) && findings.some(namesBestSize);
  return isMeasured ? 'nothing-fits' : 'failed';
}

function namesBestSize(finding: unknown): boolean {
  return isRecord(finding) && finding.kind === 'fitted' && String(finding.because).includes(' The best was ');
}

type UnknownRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
