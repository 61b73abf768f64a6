import { resolve } from 'node:path';
import type { ParameterValue } from '../../../campaign/parameters.js';
import type { CommandOptions, ResourceNeed } from '../../../execution/command-options.js';
import { isFolderAt } from '../../../platform/path-kind.js';
import { parseBytes } from '../../../text/bytes.js';
import { parseDuration } from '../../../text/duration.js';
import { isMasked } from '../../../text/masked-value.js';
import type { TrainerResolveContext } from '../../resolve-context.js';
import { configFileText } from '../files/config-files.js';
import { resolveConfigFiles } from '../files/resolve-config-files.js';
import { visibleGpus } from '../gpus.js';
import { expandEnvironment, expandMacros, expandText } from '../invocation/macros.js';
import { exampleFacts } from '../invocation/trial-environment.js';
import { sourcesOf } from '../sources/source-rule.js';
import type { CommandInput } from './command-schema.js';
import { isSound } from './is-sound.js';
import { resolveEvaluate, resolveReport } from './resolve-report.js';

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
  const report = resolveReport(input.report, input.evaluate !== undefined, context);
  const evaluate = resolveEvaluate(input.evaluate, context);
  const configFiles = resolveConfigFiles(input.config_files, context);
  checkMacros(input, { report, env, configFiles }, context);
  return {
    command: input.command,
    program: input.program ?? null,
    report,
    ...(evaluate && { evaluate }),
    ...(configFiles.length > 0 && { configFiles }),
    ...(Object.keys(context.spellings).length > 0 && { spellings: context.spellings }),
    cwd,
    env,
    timeout: input.timeout === undefined ? null : parseDuration(input.timeout),
    maxRss: input.max_rss === undefined ? null : parseBytes(input.max_rss),
    grace: parseDuration(input.grace) ?? 0,
    ...(input.keep && { keep: { which: input.keep.checkpoints, limit: parseBytes(input.keep.limit) ?? 0 } }),
    resources: readResources(input.resources, context),
  };
}

/** Expands the macros once for nothing, so that a mistake in them costs no trial. */
function checkMacros(
  input: CommandInput,
  { report, env, configFiles = [] }: Pick<CommandOptions, 'report' | 'env' | 'configFiles'>,
  context: TrainerResolveContext,
): void {
  const parameters = Object.fromEntries(
    context.parameters.map((name): [string, ParameterValue] => [name, 0]),
  );
  refuseConditional(input, { report, env, configFiles }, context);
  const program = input.program ?? null;
  const values = { trial: exampleFacts(parameters), program, environment: process.env };
  const unsound = Object.entries(env).filter(([name, text]) => {
    const expand = (): unknown => expandEnvironment({ [name]: text }, values);
    return !isSound(expand, ['trainer', 'env', name], context);
  });
  if (unsound.length > 0) return;
  isSound(() => expandMacros(input.command, env, values), ['trainer', 'command'], context);
  for (const file of configFiles)
    isSound(() => configFileText(file, values), ['trainer', 'config_files', file.name], context);
  for (const source of sourcesOf(report))
    if ('path' in source)
      isSound(() => expandText(source.path, 'trainer.report', values), ['trainer', 'report'], context);
}

/** A parameter with a condition has no value in some settings, and no text could stand in its place. */
function refuseConditional(
  { command, evaluate = [] }: CommandInput,
  { report, env, configFiles = [] }: Pick<CommandOptions, 'report' | 'env' | 'configFiles'>,
  context: TrainerResolveContext,
): void {
  const { conditional = [] } = context;
  if (conditional.length === 0) return;
  const places: { readonly path: readonly string[]; readonly text: string }[] = [
    ...command.map((text) => ({ path: ['trainer', 'command'], text })),
    ...(Array.isArray(evaluate) ? evaluate : evaluate.command).map((text) => ({
      path: ['trainer', 'evaluate'],
      text,
    })),
    ...Object.entries(env).map(([name, text]) => ({ path: ['trainer', 'env', name], text })),
    ...configFiles.flatMap(({ name, set }) =>
      Object.entries(set).map(([at, value]) => ({
        path: ['trainer', 'config_files', name, 'set', at],
        text: JSON.stringify(value),
      })),
    ),
    ...sourcesOf(report).flatMap((source) =>
      'path' in source ? [{ path: ['trainer', 'report'], text: source.path }] : [],
    ),
  ];
  for (const name of conditional) {
    const macro = `\${param:${name}}`;
    const place = places.find(({ text }) => text.includes(macro));
    if (place === undefined) continue;
    const sentence = `found ${macro}, but ${name} has a condition (when) and is absent from some settings.`;
    context.report(
      place.path,
      `${sentence} Use \${args} or \${args_json}, which have the active parameters.`,
    );
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
