import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Parameters, ParameterValue } from '../../campaign/parameters.js';
import { interpreterIn } from './find-program.js';

/** What the macros of a command stand for. */
export interface MacroValues {
  readonly parameters: Parameters;
  readonly program: string | null;
  /** The file that holds the parameters as JSON. */
  readonly parametersFile: string;
  /** A seed that differs from repeat to repeat, and is the same for every setting. */
  readonly seed: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Macros that stand for a number of arguments and so are an argument of their own. */
const listMacros = ['args', 'args_no_hyphens', 'args_no_boolean_flags'] as const;
const macro = /\$\{([^}]*)\}/g;

/**
 * A command with its macros expanded, as in W&B's sweeps: `${env}`, `${interpreter}`, `${program}`, `${args}`,
 * `${args_no_hyphens}`, `${args_no_boolean_flags}`, `${args_json}`, `${args_json_file}` and `${envvar:NAME}`; and
 * beyond those `${param:NAME}` and `${seed}`. Booleans are `True` and `False`, as there. No shell reads the
 * result. Throws CONFIG_INVALID for an unknown macro, variable or parameter.
 */
export function expandCommand(command: readonly string[], values: MacroValues): string[] {
  return command.flatMap((part) => {
    const name = /^\$\{(\w+)\}$/.exec(part)?.[1];
    const list = listMacros.find((one) => one === name);
    if (list !== undefined) return listArguments(list, values.parameters);
    return [part.replaceAll(macro, (_, inner: string) => scalarMacro(inner, part, values))];
  });
}

function listArguments(name: (typeof listMacros)[number], parameters: Parameters): string[] {
  const entries = Object.entries(parameters);
  switch (name) {
    case 'args':
      return entries.map(([key, value]) => `--${key}=${argument(value)}`);
    case 'args_no_hyphens':
      return entries.map(([key, value]) => `${key}=${argument(value)}`);
    case 'args_no_boolean_flags':
      return entries.flatMap(([key, value]) => {
        if (typeof value !== 'boolean') return [`--${key}=${argument(value)}`];
        return value ? [`--${key}`] : [];
      });
    default:
      return name satisfies never;
  }
}

function scalarMacro(inner: string, part: string, values: MacroValues): string {
  const [name, of] = inner.split(/:(.*)/s);
  switch (name) {
    case 'env':
      return '/usr/bin/env';
    case 'interpreter':
      return interpreterIn(values.environment.PATH ?? '');
    case 'program':
      return values.program ?? refuse(part, 'the trainer has no program for it to stand for. Add program.');
    case 'args_json':
      return JSON.stringify(values.parameters);
    case 'args_json_file':
      return values.parametersFile;
    case 'seed':
      return String(values.seed);
    case 'envvar':
      return (
        values.environment[of ?? ''] ??
        refuse(part, `the environment has no variable ${of ?? ''}. Set it before the run.`)
      );
    case 'param': {
      const value = values.parameters[of ?? ''];
      return value === undefined ? refuse(part, `there is no parameter "${of ?? ''}".`) : argument(value);
    }
    default:
      if (listMacros.some((one) => one === name))
        return refuse(part, `\${${name}} stands for several arguments and has to be an argument of its own.`);
      if (Object.hasOwn(values.parameters, inner))
        return refuse(
          part,
          `unknown macro \${${inner}}. For the value of the parameter, write \${param:${inner}}.`,
        );
      return refuse(part, `unknown macro \${${inner}}.`);
  }
}

function argument(value: ParameterValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function refuse(part: string, what: string): never {
  throw new FitfirstError('CONFIG_INVALID', `trainer.command has "${part}": ${what}`);
}
