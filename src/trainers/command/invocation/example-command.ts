import type { Domain } from '../../../campaign/domain.js';
import type { ParameterValue } from '../../../campaign/parameters.js';
import type { SearchSpace } from '../../../campaign/search-space.js';
import type { CommandOptions } from '../../../execution/command-options.js';
import { expandMacros } from './macros.js';
import { exampleFacts } from './trial-environment.js';

/** The command with some values of the parameters, to be looked at before any trial runs. */
export function exampleCommand(options: CommandOptions, space: SearchSpace): string[] {
  return expandWith(options, space, process.env);
}

/**
 * The same to be shown to people. Variables of the environment appear as macros, since their values may be secrets.
 */
export function shownCommand(options: CommandOptions, space: SearchSpace): string[] {
  const macros = options.command.flatMap((word) => [...word.matchAll(/\$\{envvar:(\w+)\}/g)]);
  const names = macros.map(([macro, name = '']) => [name, macro] as const);
  return expandWith({ ...options, env: {} }, space, { ...process.env, ...Object.fromEntries(names) });
}

function expandWith(
  { command, program, env, spellings }: CommandOptions,
  space: SearchSpace,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const parameters = Object.fromEntries(
    Object.entries(space).map(([name, domain]) => [name, someValue(domain)]),
  );
  return expandMacros(command, env, { trial: exampleFacts(parameters), program, spellings, environment })
    .argv;
}

function someValue(domain: Domain): ParameterValue {
  switch (domain.kind) {
    case 'fixed':
      return domain.value;
    case 'values':
      return domain.values[0] ?? 0;
    case 'uniform':
    case 'int_uniform':
    case 'q_uniform':
    case 'log_uniform_values':
    case 'q_log_uniform_values':
      return domain.min;
    case 'normal':
    case 'q_normal':
      return domain.mu;
    case 'open':
      return domain.from;
    default:
      return domain satisfies never;
  }
}
