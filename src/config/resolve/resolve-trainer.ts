import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import { parseBytes } from '../../text/bytes.js';
import { parseDuration } from '../../text/duration.js';
import { formatList } from '../../text/list.js';
import { quote } from '../../text/quote.js';
import type { CommandOptions, ReportSource, ResourceNeed } from '../../trainers/command/command-options.js';
import { visibleGpus } from '../../trainers/command/gpus.js';
import { expandCommand } from '../../trainers/command/macros.js';
import { groupNames, patternReader } from '../../trainers/command/reading/report-pattern.js';
import type { Checks } from '../diagnostics/checks.js';
import type { TrainerChoice } from '../resolved-config.js';
import { valueAt } from '../schema/describe-schema.js';
import type { ExternalTrainerInput } from '../schema/external-trainer-schema.js';
import { resolveTrainerCode } from './trainer-code.js';

/** What a trainer is held against. */
export interface TrainerResolveContext {
  /** The config's folder, absolute. */
  readonly folder: string;
  readonly parameters: readonly string[];
  /** The metrics that the campaign needs, as far as they are known, by where the config says so. */
  readonly metrics: { readonly [Key in 'metric.name' | 'fit_first.fit.metric']: string | undefined };
}

type CommandInput = Extract<ExternalTrainerInput, { command: unknown }>;

/** The trainer with everything said; what is wrong with it goes among the problems. */
export function resolveTrainer(
  input: 'mlp' | ExternalTrainerInput,
  context: TrainerResolveContext,
  checks: Checks,
): TrainerChoice {
  if (input === 'mlp') return { kind: 'mlp' };
  const { folder } = context;
  if ('command' in input) {
    const options = readCommand(input, context, checks);
    const words = [options.program, ...options.command].flatMap((word) => word ?? []);
    const named = words.map((word) => resolve(options.cwd, word));
    return { kind: 'command', options, code: resolveTrainerCode(input, folder, named, checks) };
  }
  const path = resolve(folder, input.module);
  if (!existsSync(path)) checks.report(['trainer', 'module'], `there is no file ${path}.`);
  return { kind: 'module', path, code: resolveTrainerCode(input, folder, [path], checks) };
}

function readCommand(input: CommandInput, context: TrainerResolveContext, checks: Checks): CommandOptions {
  const cwd = resolve(context.folder, input.cwd ?? '.');
  if (!isFolder(cwd)) checks.report(['trainer', 'cwd'], `there is no folder ${cwd}.`);
  const env = Object.fromEntries(Object.entries(input.env).map(([name, value]) => [name, String(value)]));
  const report = readReport(input.report, context, checks);
  checkMacros(input, env, context, checks);
  return {
    command: input.command,
    program: input.program ?? null,
    report,
    cwd,
    env,
    timeout: input.timeout === undefined ? null : parseDuration(input.timeout),
    maxRss: input.max_rss === undefined ? null : parseBytes(input.max_rss),
    grace: parseDuration(input.grace) ?? 0,
    resources: readResources(input.resources, checks),
  };
}

function readReport(
  input: CommandInput['report'],
  context: TrainerResolveContext,
  checks: Checks,
): ReportSource {
  if (typeof input === 'string') return { kind: input };
  const patterns = typeof input.pattern === 'string' ? [input.pattern] : input.pattern;
  const path = ['trainer', 'report', 'pattern'];
  if (!isSound(() => patternReader(patterns), path, checks)) return { kind: 'pattern', patterns };
  const names = groupNames(patterns);
  const given = valueAt(checks.document.value, ['metric', 'name']) !== undefined;
  for (const [key, metric] of Object.entries(context.metrics)) {
    if (metric === undefined || names.includes(metric)) continue;
    const isDefault = key === 'metric.name' && !given;
    const metrics = names.filter((name) => name !== 'epoch');
    checks.report(
      path,
      `${key} is ${quote(metric)}${isDefault ? ' where nothing else is said' : ''}, but the pattern has no group of that name; it has ${formatList(names.map(quote), 'and')}. ` +
        `Call a group ${quote(metric)}, or name another metric${metrics[0] === undefined ? '' : `, as in ${exampleOf(key, metrics[0])}`}.`,
    );
  }
  return { kind: 'pattern', patterns };
}

function exampleOf(key: string, metric: string): string {
  return key === 'metric.name' ? `metric: {name: ${metric}}` : `fit: {metric: ${metric}}`;
}

/** Expands the macros once for nothing, so that a mistake in them costs no trial. */
function checkMacros(
  input: CommandInput,
  env: Readonly<Record<string, string>>,
  context: TrainerResolveContext,
  checks: Checks,
): void {
  const parameters = Object.fromEntries(
    context.parameters.map((name): [string, ParameterValue] => [name, 0]),
  );
  const environment = { ...process.env, ...env };
  const program = input.program ?? null;
  const values = { parameters, program, parametersFile: '', seed: 0, environment };
  isSound(() => expandCommand(input.command, values), ['trainer', 'command'], checks);
}

function isSound(check: () => unknown, path: readonly string[], checks: Checks): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    checks.report(path, error.message);
    return false;
  }
}

function readResources(input: CommandInput['resources'], checks: Checks): CommandOptions['resources'] {
  const needs = Object.entries(input).map(([name, given]): [string, ResourceNeed] => {
    const each = typeof given === 'number' ? given : given.each;
    const of = typeof given === 'number' ? undefined : given.of;
    const names = namesOf(name, of);
    const path = ['trainer', 'resources', name];
    if (names.length < each) {
      const how = `Say how many there are, as in {each: ${each}, of: ${each}}.`;
      checks.report(path, `a trial needs ${each} of ${name}, and ${names.length} can be seen here. ${how}`);
    }
    return [name, { each, names }];
  });
  return Object.fromEntries(needs);
}

function namesOf(name: string, of: number | readonly (string | number)[] | undefined): string[] {
  if (typeof of === 'number') return Array.from({ length: of }, (_, i) => String(i));
  if (of !== undefined) return of.map(String);
  return name === 'gpu' ? visibleGpus(process.env.CUDA_VISIBLE_DEVICES) : [];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
