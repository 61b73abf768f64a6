import { z } from 'zod';
import type { Json } from '../campaign/canonical-json.js';
import { conclusionKinds, type StoredEvent } from '../campaign/event.js';
import { finishReasons } from '../campaign/outcome.js';
import { type CampaignPlan, stageRoles } from '../campaign/plan.js';
import type { TrialKey } from '../campaign/trial.js';
import { readCommonEvent } from './common-events.js';
import { createFindingForm } from './forms/finding-form.js';
import { evaluationSchema, failureForm, onceForm } from './forms/outcome-forms.js';
import { hasValueForEachEpoch, reportColumnsForm, reportSchema } from './forms/report-forms.js';
import { count, goal, parameterValue, trialSpecSchema } from './forms/trial-spec-form.js';
import type { ParseEvent } from './journal.js';
import type { SameType } from './same-type.js';
import { upgradeEvent } from './version-0-1.js';

/**
 * Builds the schemas, which takes milliseconds. They are built when they are needed: a run that begins a campaign
 * reads no entry.
 */
function createSchemas() {
  // Named, so that a recursive type is compared by its name.
  const json: z.ZodType<Json> = z.json();
  const key = z.string().transform((text) => text as TrialKey);
  const because = z.string();
  const bounds = { min: z.number(), max: z.number() };
  const normal = { mu: z.number(), sigma: z.number(), bounds: z.object(bounds).nullable() };
  const step = z.object({ kind: z.enum(['times', 'plus']), by: z.number() });
  const extras = {
    when: z.exactOptional(z.record(z.string(), z.array(parameterValue))),
    prior: z.exactOptional(z.object({ center: parameterValue, spread: z.number() })),
  };
  const domain = z.discriminatedUnion('kind', [
    z.object({ ...extras, kind: z.literal('fixed'), value: parameterValue }),
    z.object({
      ...extras,
      kind: z.literal('values'),
      values: z.array(parameterValue),
      probabilities: z.array(z.number()).nullable(),
    }),
    z.object({ ...extras, kind: z.literal('uniform'), ...bounds }),
    z.object({ ...extras, kind: z.literal('int_uniform'), ...bounds }),
    z.object({ ...extras, kind: z.literal('q_uniform'), ...bounds, q: z.number() }),
    z.object({ ...extras, kind: z.literal('log_uniform_values'), ...bounds }),
    z.object({ ...extras, kind: z.literal('q_log_uniform_values'), ...bounds, q: z.number() }),
    z.object({ ...extras, kind: z.literal('normal'), ...normal }),
    z.object({ ...extras, kind: z.literal('q_normal'), ...normal, q: z.number() }),
    z.object({ ...extras, kind: z.literal('open'), from: parameterValue, step }),
  ]);
  const plan = z.object({
    stages: z.array(z.object({ name: z.string(), role: z.enum(stageRoles) })),
    growth: z
      .object({
        parameter: z.string(),
        sizes: z.array(parameterValue),
        depth: z.exactOptional(z.object({ parameter: z.string(), values: z.array(z.number()) })),
        metric: z.string(),
        goal,
        repeats: count,
        quorum: count,
        maxEpochs: z.exactOptional(count),
        open: z.object({ step, resolution: z.number().nullable() }).nullable().default(null),
        until: z
          .object({
            cost: z.object({ unit: z.enum(['multiply-adds', 'first-size']), limit: z.number() }).nullable(),
            trials: count.nullable(),
            size: z.number().nullable(),
          })
          .nullable()
          .default(null),
      })
      .nullable(),
    regularisers: z.array(z.object({ name: z.string(), off: parameterValue.nullable() })),
    options: z.record(z.string(), json),
  });
  const finding = createFindingForm();
  const data = z.object({
    task: z.enum(['classification', 'regression']),
    hash: z.string(),
    rows: count,
    dropped: z.array(z.union([z.string(), z.number()])),
    skippedLines: z.exactOptional(z.array(count)),
    notation: z.exactOptional(
      z.object({
        decimal: z.enum(['point', 'comma']),
        thousands: z.enum(['comma', 'point', 'space', 'apostrophe']).nullable(),
      }),
    ),
    inputs: count,
    classes: z.array(z.string()).nullable(),
    parts: z.object({ training: count, validation: count, test: count }),
    fitCeiling: z.number(),
    contradictingRows: count,
  });
  const trial = { trial: key, attempt: z.int().positive() };

  const facts = {
    name: z.string(),
    method: z.string(),
    plan,
    seed: count,
    trainer: z.enum(['built-in', 'external']),
    metric: z.object({ name: z.string(), goal }),
    checkpoint: z.enum(['best', 'last']),
    notices: z.exactOptional(z.literal(false)),
    parameters: z.array(z.string()),
    space: z.record(z.string(), domain),
    identity: z.string(),
    config: json,
    data: data.nullable(),
    findings: z.array(finding),
  };

  const event = exactly<StoredEvent>()(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('campaign-started'), ...facts }),
      z.object({ type: z.literal('campaign-extended'), ...facts }),
      z.object({ type: z.literal('campaign-resumed') }),
      z.object({
        type: z.literal('batch-planned'),
        stage: z.string(),
        because,
        trials: z.array(trialSpecSchema),
        ahead: z.array(trialSpecSchema),
        findings: z.array(finding),
      }),
      z.object({ type: z.literal('trial-started'), ...trial }),
      z.object({
        type: z.literal('trial-reported'),
        ...trial,
        report: reportSchema,
      }),
      z
        .object({ type: z.literal('trial-reported-epochs'), ...trial, ...reportColumnsForm })
        .refine(hasValueForEachEpoch, { path: ['metrics'], error: 'a value for each epoch was expected' }),
      z.object({
        type: z.literal('trial-finished'),
        ...trial,
        reason: z.enum(finishReasons),
        evaluation: evaluationSchema.nullable(),
        ...onceForm,
      }),
      z.object({ type: z.literal('trial-stopped'), trial: key, reason: z.enum(['not-needed', 'person']) }),
      z.object({ type: z.literal('trial-diverged'), ...trial, epoch: z.int().positive() }),
      z.object({ type: z.literal('trial-failed'), ...trial, ...failureForm }),
      z.object({ type: z.literal('attempt-failed'), ...trial, ...failureForm }),
      z.object({ type: z.literal('trial-reopened'), trial: key }),
      z.object({ type: z.literal('attempt-lost'), ...trial, message: z.string() }),
      z.object({
        type: z.literal('campaign-concluded'),
        kind: z.enum(conclusionKinds),
        chosen: key.nullable(),
        because,
        findings: z.array(finding),
      }),
    ]),
  );
  return { plan, event };
}

let schemas: ReturnType<typeof createSchemas> | null = null;

function builtSchemas(): ReturnType<typeof createSchemas> {
  schemas ??= createSchemas();
  return schemas;
}

/**
 * Accepts only a schema whose output is exactly the declared type, so a change of one of them alone does not compile.
 */
function exactly<Declared>() {
  return <Schema extends z.ZodType>(schema: Schema & SameType<z.output<Schema>, Declared>): Schema => schema;
}

/** Reads an event from a line of the journal. Throws TypeError, with a readable message, if it is not an event. */
export const parseCampaignEvent: ParseEvent<StoredEvent> = (value) =>
  readCommonEvent(value) ?? parse(builtSchemas().event, upgradeEvent(value), 'the event');

/** Reads the plan of a method as the journal would. Throws TypeError, with a readable message, if it is not a plan. */
export const parsePlan = (value: unknown): CampaignPlan => parse(builtSchemas().plan, value, 'the plan');

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, whole: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') || whole;
  const message = issue?.message.replace(/^Invalid input: /, '') ?? 'unknown';
  throw new TypeError(
    message.endsWith('received undefined') ? `${place} is missing` : `${place}: ${message}`,
  );
}
