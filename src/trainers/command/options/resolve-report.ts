import { isAbsolute } from 'node:path';
import type {
  EvaluateOptions,
  LogFormat,
  ReportSource,
  SingleSource,
  SourceOptions,
} from '../../../execution/command-options.js';
import { formatList } from '../../../text/list.js';
import { quote } from '../../../text/quote.js';
import type { TrainerResolveContext } from '../../resolve-context.js';
import { groupNames, patternReader } from '../reading/report-pattern.js';
import { isSound } from './is-sound.js';
import type { EvaluateInput, ReportInput, SourceInput } from './report-schema.js';

/** `trainer.report` with defaults. Patterns that read the same output are read together. */
export function resolveReport(
  input: ReportInput,
  hasEvaluation: boolean,
  context: TrainerResolveContext,
): ReportSource {
  const path = ['trainer', 'report'];
  const inputs = Array.isArray(input) ? input : [input];
  const given = inputs.flatMap((one, i) =>
    resolveSource(one, Array.isArray(input) ? [...path, String(i)] : path, context),
  );
  const sources = joinPatterns(given);
  const kinds = sources.filter(({ kind }) => kind === 'file' || kind === 'stdout').map(({ kind }) => kind);
  if (new Set(kinds).size < kinds.length)
    context.report(path, `report names ${quote(kinds[0] ?? '')} twice.`);
  if (!hasEvaluation) checkNeededMetrics(sources, inputs.length === 1 ? [...path, 'pattern'] : path, context);
  const [first, ...others] = sources;
  if (first === undefined) return { kind: 'several', sources: [] };
  return others.length === 0 ? first : { kind: 'several', sources };
}

/** `trainer.evaluate` with its patterns checked; undefined if it is left out. */
export function resolveEvaluate(
  input: EvaluateInput | undefined,
  context: TrainerResolveContext,
): EvaluateOptions | undefined {
  if (input === undefined) return undefined;
  if (Array.isArray(input)) return { command: input, patterns: null };
  const patterns = listOf(input.pattern);
  if (patterns !== null) isSound(() => patternReader(patterns), ['trainer', 'evaluate', 'pattern'], context);
  return { command: input.command, patterns };
}

function resolveSource(
  input: SourceInput,
  path: readonly string[],
  context: TrainerResolveContext,
): SingleSource[] {
  if (typeof input === 'string') return [{ kind: input }];
  const options = optionsOf(input);
  if ('pattern' in input) {
    const patterns = listOf(input.pattern) ?? [];
    if (!isSound(() => patternReader(patterns), [...path, 'pattern'], context)) return [];
    return [{ kind: 'pattern', patterns, ...(input.from && { from: input.from }), ...options }];
  }
  if ('tensorboard' in input) {
    checkPlace(input.tensorboard, [...path, 'tensorboard'], context);
    return [{ kind: 'tensorboard', path: input.tensorboard, epoch: { name: 'step', per: 1 }, ...options }];
  }
  checkPlace(input.file, [...path, 'file'], context);
  const format = input.format ?? formatOf(input.file);
  if (format !== null) return [{ kind: 'log', path: input.file, format, ...options }];
  context.report(
    [...path, 'file'],
    `the name ${quote(input.file)} does not say what is in the file. Add format: csv, jsonl or json.`,
  );
  return [];
}

function optionsOf(input: {
  readonly metrics?: Readonly<Record<string, string>> | undefined;
  readonly epoch?: string | undefined;
  readonly once: boolean;
}): SourceOptions {
  const [name = '', per = '1'] = input.epoch?.split('/').map((part) => part.trim()) ?? [];
  return {
    ...(input.metrics && { metrics: input.metrics }),
    ...(input.epoch !== undefined && { epoch: { name, per: Math.max(1, Number(per)) } }),
    ...(input.once && { once: true }),
  };
}

function formatOf(file: string): LogFormat | null {
  const ending = /\.(csv|tsv|jsonl|ndjson|json)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === 'csv' || ending === 'tsv') return 'csv';
  if (ending === 'jsonl' || ending === 'ndjson') return 'jsonl';
  return ending === 'json' ? 'json' : null;
}

const listOf = (patterns: string | readonly string[] | undefined): readonly string[] | null =>
  patterns === undefined ? null : typeof patterns === 'string' ? [patterns] : patterns;

/** Macros that differ from trial to trial. */
const TRIAL_MACRO = /\$\{(?:trial_dir|checkpoint_dir|envvar:FITFIRST_(?:TRIAL|TRIAL_DIR|CHECKPOINT_DIR))\}/;

/** A file at one place for all trials would mix what they say. */
function checkPlace(place: string, path: readonly string[], context: TrainerResolveContext): void {
  if (TRIAL_MACRO.test(place)) return;
  if (isAbsolute(place) || /^\$\{/.test(place))
    context.report(
      path,
      `${quote(place)} is the same file for all trials. Have the program write to its trial's folder, as in ` +
        `"\${trial_dir}/log.csv".`,
    );
  else if (place.split('/').includes('..'))
    context.report(path, `${quote(place)} leaves the folder of the trial. Write a path below it.`);
}

/** Patterns that read the same output without options of their own see the same lines in the same order. */
function joinPatterns(sources: readonly SingleSource[]): SingleSource[] {
  const joined: SingleSource[] = [];
  for (const source of sources) {
    const index = joined.findIndex((one) => isJoinable(one, source));
    const before = joined[index];
    if (before?.kind === 'pattern' && source.kind === 'pattern')
      joined[index] = { ...before, patterns: [...before.patterns, ...source.patterns] };
    else joined.push(source);
  }
  return joined;
}

function isJoinable(a: SingleSource, b: SingleSource): boolean {
  if (a.kind !== 'pattern' || b.kind !== 'pattern') return false;
  return a.from === b.from && ![a, b].some((one) => one.epoch !== undefined || one.once === true);
}

/** What only patterns read is known before a trial runs. */
function checkNeededMetrics(
  sources: readonly SingleSource[],
  path: readonly string[],
  context: TrainerResolveContext,
): void {
  const patterns = sources.flatMap((source) => (source.kind === 'pattern' ? source.patterns : []));
  if (sources.length === 0 || sources.some(({ kind }) => kind !== 'pattern')) return;
  const names = groupNames(patterns);
  for (const { key, name: metric, isDefault } of context.metrics) {
    if (names.includes(metric)) continue;
    const metrics = names.filter((name) => name !== 'epoch');
    context.report(
      path,
      `${key} is ${quote(metric)}${isDefault ? ' where nothing else is said' : ''}, but the ` +
        `pattern has no group of that name; it has ${formatList(names.map(quote), 'and')}. ` +
        `Call a group ${quote(metric)}, or name another ` +
        `metric${metrics[0] === undefined ? '' : `, as in ${exampleOf(key, metrics[0])}`}.`,
    );
  }
}

function exampleOf(key: string, metric: string): string {
  return key === 'metric.name' ? `metric: {name: ${metric}}` : `fit: {metric: ${metric}}`;
}
