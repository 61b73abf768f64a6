import type { Domain } from '../../campaign/domain.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import type { SearchSpace } from '../../campaign/search-space.js';
import type { CommandOptions } from '../../execution/command-options.js';
import { expandCommand } from './macros.js';

/** The command with some values of the parameters, to be looked at before any trial runs. */
export function exampleCommand({ command, program, env }: CommandOptions, space: SearchSpace): string[] {
  const parameters = Object.fromEntries(
    Object.entries(space).map(([name, domain]) => [name, someValue(domain)]),
  );
  const environment = { ...process.env, ...env };
  return expandCommand(command, { parameters, program, parametersFile: 'params.json', seed: 1, environment });
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
