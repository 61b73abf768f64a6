import { resolve } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import type { CommandOptions, ReportSource, ResourceNeed } from '../../execution/command-options.js';
import { isFolderAt } from '../../platform/path-kind.js';
import { parseBytes } from '../../text/bytes.js';
import { parseDuration } from '../../text/duration.js';
import { formatList } from '../../text/list.js';
import { isMasked } from '../../text/masked-value.js';
import { quote } from '../../text/quote.js';
import type { TrainerResolveContext } from '../resolve-context.js';
import type { CommandInput } from './command-schema.js';
import { visibleGpus } from './gpus.js';
import { expandEnvironment, expandMacros } from './invocation/macros.js';
import { exampleFacts } from './invocation/trial-environment.js';
import { groupNames, patternReader } from './reading/report-pattern.js';

/** The options of a command with defaults and absolute paths. */
export function resolveCommand(input: CommandInput, context: TrainerResolveContext): CommandOptions {
  const cwd = resolve(context.folder, input.cwd ?? '.');
  if (!isFolderAt(cwd)) context.report(['trainer', 'cwd'], `there is no folder ${cwd}.`);
  const env = Object.fromEntries(Object.entries(input.env).map(([name, value]) => [name, String(value)]));
  for (const [name, value] of Object.entries(env)) {
    if (!isMasked(value)) continue;
    const sentence =
      'this value is masked, as in the config.yaml of a results folder. Write the value ' +
      'itself, or run the config with which the campaign began.';
    context.report(['trainer', 'env', name], sentence);
  }
  const report = readReport(input.report, context);
  checkMacros(input, env, context);
  return {
    command: input.command,
    program: input.program ?? null,
    report,
    cwd,
    env,
    timeout: input.timeout === undefined ? null : parseDuration(input.timeout),
    maxRss: input.max_rss === undefined ? null : parseBytes(input.max_rss),
    grace: parseDuration(input.grace) ?? 0,
    resources: readResources(input.resources, context),
  };
}

function readReport(input: CommandInput['report'], context: TrainerResolveContext): ReportSource {
  if (typeof input === 'string') return { kind: input };
  const patterns = typeof input.pattern === 'string' ? [input.pattern] : input.pattern;
  const path = ['trainer', 'report', 'pattern'];
  if (!isSound(() => patternReader(patterns), path, context)) return { kind: 'pattern', patterns };
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
): void {
  const parameters = Object.fromEntries(
    context.parameters.map((name): [string, ParameterValue] => [name, 0]),
  );
  const program = input.program ?? null;
  const values = { trial: exampleFacts(parameters), program, environment: process.env };
  const unsound = Object.entries(env).filter(([name, text]) => {
    const expand = (): unknown => expandEnvironment({ [name]: text }, values);
    return !isSound(expand, ['trainer', 'env', name], context);
  });
  if (unsound.length > 0) return;
  isSound(() => expandMacros(input.command, env, values), ['trainer', 'command'], context);
}

function isSound(check: () => unknown, path: readonly string[], context: TrainerResolveContext): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    context.report(path, error.message);
    return false;
  }
}

function readResources(
  input: CommandInput['resources'],
  context: TrainerResolveContext,
): CommandOptions['resources'] {
  const needs = Object.entries(input).map(([name, given]): [string, ResourceNeed] => {
    const each = typeof given === 'number' ? given : given.each;
    const of = typeof given === 'number' ? undefined : given.of;
    const names = namesOf(name, of);
    const path = ['trainer', 'resources', name];
    if (names.length < each) {
      const how = `Say how many there are, as in {each: ${each}, of: ${each}}.`;
      context.report(path, `a trial needs ${each} of ${name}, and ${names.length} can be seen here. ${how}`);
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
