import type { Json } from '../../campaign/canonical-json.js';
import type { Domain } from '../../campaign/domain.js';
import type { SearchParameter } from '../../campaign/space/conditions.js';
import type { ColumnOptions } from '../../data/column-options.js';
import type { DataOptions } from '../../data/options.js';
import type { RaceRepeats } from '../../methods/comparison.js';
import type { StopRule } from '../../methods/stop-rule.js';
import type { ResolvedConfig } from '../resolved-config.js';

/**
 * The parts of a config, without its plan, that decide results, as plain JSON in the words of the config file. Name,
 * workers and paths of data are left out; data count by their contents. `code` has the hashes of the files of the
 * user's own trainer. Equal configs give equal canonical JSON.
 */
export function configFingerprint(config: ResolvedConfig, code: Readonly<Record<string, string>> = {}): Json {
  const trainer = config.trainer.fingerprint;
  return {
    seed: config.seed,
    data: config.data && comparableData(config.data),
    trainer: typeof trainer === 'object' ? { ...trainer, code } : trainer,
    metric: { ...config.metric },
    parameters: {
      ...Object.fromEntries(Object.entries(config.defaults).map(([name, value]) => [name, { value }])),
      ...Object.fromEntries(
        Object.entries(config.space).map(([name, domain]) => [name, comparableParameter(domain)]),
      ),
    },
    order: Object.keys(config.space),
    ...(config.constraints.length > 0 && { where: config.constraints.map(({ text }) => text) }),
    ...(config.enqueue.length > 0 && { enqueue: config.enqueue }),
    ...(config.stop !== null && { stop: comparableStop(config.stop) }),
    repeats: comparableRepeats(config.repeats),
    checkpoint: config.checkpoint,
    finish: { ...config.finish },
  };
}

/** Halving is left out, as in journals that are older than other rules of elimination. */
function comparableRepeats({ first, most, firstTest }: RaceRepeats): Json {
  return { first, most, ...(firstTest !== undefined && { eliminate: 'paired', first_test: firstTest }) };
}

function comparableStop({ noImprovement, target }: StopRule): Json {
  return {
    ...(noImprovement !== null && { no_improvement: noImprovement }),
    ...(target !== null && { target }),
  };
}

function comparableData(data: DataOptions): Json {
  const { source, split, indicator, columns, missingValues, ...usual } = data;
  const rest = { ...usual, ...columnsFingerprint({ indicator, columns, missingValues }) };
  switch (source.kind) {
    case 'table':
    case 'rows':
    case 'arrays':
      return { ...rest, test: source.test !== null, split: { ...split } };
    case 'generated': {
      const { kind: _, ...made } = source;
      return { ...rest, ...made, split: { ...split } };
    }
    default:
      return source satisfies never;
  }
}

/** What is said of columns; nothing where nothing is, as in journals that are older than that. */
export function columnsFingerprint({
  indicator,
  columns,
  missingValues,
}: Pick<DataOptions, 'indicator' | 'columns'> & {
  readonly missingValues: DataOptions['missingValues'] | undefined;
}): Record<string, Json> {
  return {
    ...(indicator && { indicator }),
    ...(missingValues && { missing_values: missingValues }),
    ...(columns.length > 0 && {
      columns: Object.fromEntries(columns.map((options) => [options.column, comparableColumn(options)])),
    }),
  };
}

function comparableColumn({ column: _, maxCategories, missingValues, ...rest }: ColumnOptions): Json {
  return {
    ...rest,
    ...(maxCategories !== undefined && { most_categories: maxCategories }),
    ...(missingValues !== undefined && { missing_values: missingValues }),
  };
}

function comparableParameter({ when, prior, ...domain }: SearchParameter): Json {
  return { ...comparableDomain(domain), ...(when && { when }), ...(prior && { prior }) };
}

function comparableDomain(domain: Domain): { readonly [key: string]: Json } {
  if (domain.kind === 'fixed') return { value: domain.value };
  if (domain.kind === 'values') {
    const { values, probabilities } = domain;
    return probabilities === null ? { values } : { values, probabilities };
  }
  if (domain.kind === 'open') return { from: domain.from, [domain.step.kind]: domain.step.by };
  const { kind, ...rest } = domain;
  if (!('bounds' in rest)) return { distribution: kind, ...rest };
  const { bounds, ...shape } = rest;
  return { distribution: kind, ...shape, ...bounds };
}
