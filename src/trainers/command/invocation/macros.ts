import { FitfirstError } from '../../../campaign/fitfirst-error.js';
import type { Parameters, ParameterValue } from '../../../campaign/parameters.js';
import { nearestName } from '../../../text/nearest-name.js';
import { interpreterIn } from './find-program.js';
import { parametersFileOf, type TrialFacts, trialEnvironment } from './trial-environment.js';
import { parametersJson, type Spellings, spelledNumber, valueJson } from './written-values.js';

/** What the macros of a trainer stand for. */
export interface MacroValues {
  readonly trial: TrialFacts;
  readonly program: string | null;
  /** How the config spells numbers; as JavaScript does if left out. */
  readonly spellings?: Spellings | undefined;
  /** The variables that `${envvar:NAME}` may name, in addition to those of the trial. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A command and its environment with all macros expanded. */
export interface ExpandedCommand {
  readonly argv: string[];
  /** The variables of `trainer.env`. */
  readonly env: Record<string, string>;
}

/** Macros that stand for a number of arguments and so are an argument of their own. */
const LIST_MACROS = ['args', 'args_no_hyphens', 'args_no_boolean_flags', 'args_nargs'] as const;

/** Macros for one text. `envvar` and `param` have a name after a colon. */
const TEXT_MACROS = [
  'env',
  'interpreter',
  'program',
  'args_json',
  'args_json_file',
  'envvar',
  'param',
  'seed',
  'repeat',
  'epochs',
  'stage',
  'trial_dir',
  'checkpoint_dir',
] as const;

const MACRO = /\$\{([^}]*)\}/g;

/**
 * A command and the variables of `trainer.env` with their macros expanded, as in W&B's sweeps: `${env}`,
 * `${interpreter}`, `${program}`, `${args}`, `${args_no_hyphens}`, `${args_no_boolean_flags}`, `${args_json}`,
 * `${args_json_file}` and `${envvar:NAME}`; and beyond those `${param:NAME}`, `${seed}`, `${repeat}`, `${epochs}`,
 * `${stage}`, `${trial_dir}` and `${checkpoint_dir}`. Booleans are `True` and `False`, as there. A command may name
 * variables of `trainer.env`; those cannot name each other. No shell reads the result. Throws CONFIG_INVALID for an
 * unknown macro, variable or parameter.
 */
export function expandMacros(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  values: MacroValues,
): ExpandedCommand {
  const expanded = expandEnvironment(env, values);
  const environment = { ...values.environment, ...expanded };
  return { argv: expandCommand(command, { ...values, environment }), env: expanded };
}

/** A command with its macros expanded. Throws as `expandMacros` does. */
export function expandCommand(
  command: readonly string[],
  values: MacroValues,
  place = 'trainer.command',
): string[] {
  return command.flatMap((part) => {
    const name = /^\$\{(\w+)\}$/.exec(part)?.[1];
    const list = LIST_MACROS.find((one) => one === name);
    if (list !== undefined) return listArguments(list, values);
    const listed = /^\$\{list:([^}]+)\}$/.exec(part)?.[1];
    const value = listed === undefined ? undefined : values.trial.parameters[listed];
    if (listed !== undefined && value !== undefined) return wordsOf(listed, value, values);
    return [expandText(part, place, values)];
  });
}

/** The variables of `trainer.env` with their macros expanded. Throws CONFIG_INVALID as `expandMacros` does. */
export function expandEnvironment(
  env: Readonly<Record<string, string>>,
  values: MacroValues,
): Record<string, string> {
  const entries = Object.entries(env);
  return Object.fromEntries(
    entries.map(([name, text]) => [name, expandText(text, `trainer.env.${name}`, values)]),
  );
}

/** A text with its macros expanded. `place` is where it stands in the config. Throws as `expandMacros` does. */
export function expandText(text: string, place: string, values: MacroValues): string {
  return text.replaceAll(MACRO, (whole, inner: string) => {
    // Values of variables may be secrets, so a message shows the macro alone.
    const refuse = (what: string): never => {
      const shown = place.startsWith('trainer.env') ? whole : text;
      throw new FitfirstError('CONFIG_INVALID', `${place} has "${shown}": ${what}`);
    };
    return textMacro(inner, values, refuse);
  });
}

function listArguments(macro: (typeof LIST_MACROS)[number], values: MacroValues): string[] {
  const entries = Object.entries(values.trial.parameters);
  const text = (name: string, value: ParameterValue): string => argument(name, value, values);
  switch (macro) {
    case 'args':
      return entries.map(([key, value]) => `--${key}=${text(key, value)}`);
    case 'args_no_hyphens':
      return entries.map(([key, value]) => `${key}=${text(key, value)}`);
    case 'args_no_boolean_flags':
      return entries.flatMap(([key, value]) => {
        if (typeof value !== 'boolean') return [`--${key}=${text(key, value)}`];
        return value ? [`--${key}`] : [];
      });
    case 'args_nargs':
      return entries.flatMap(([key, value]) => {
        if (typeof value !== 'boolean') return [`--${key}`, ...wordsOf(key, value, values)];
        return value ? [`--${key}`] : [];
      });
    default:
      return macro satisfies never;
  }
}

/** The entries of a list, each a word of its own, as `nargs` of argparse takes them. */
function wordsOf(name: string, value: ParameterValue, values: MacroValues): string[] {
  const entries = typeof value === 'object' ? value : [value];
  return entries.map((entry) => argument(name, entry, values));
}

function textMacro(inner: string, values: MacroValues, refuse: (what: string) => never): string {
  const [written = '', of = ''] = inner.split(/:(.*)/s);
  const { trial } = values;
  const name = TEXT_MACROS.find((one) => one === written);
  switch (name) {
    case 'env':
      return '/usr/bin/env';
    case 'interpreter':
      return interpreterIn(values.environment.PATH ?? '');
    case 'program':
      return values.program ?? refuse('the trainer has no program for it to stand for. Add program.');
    case 'args_json':
      return parametersJson(trial.parameters, values.spellings ?? {});
    case 'args_json_file':
      return parametersFileOf(trial);
    case 'seed':
    case 'repeat':
    case 'epochs':
    case 'stage':
      return String(trial[name]);
    case 'trial_dir':
      return trial.directory;
    case 'checkpoint_dir':
      return trial.checkpointDirectory ?? trial.directory;
    case 'envvar':
      return (
        trialEnvironment(trial)[of] ??
        values.environment[of] ??
        refuse(`the environment has no variable ${of}. Set it before the run.`)
      );
    case 'param': {
      const value = trial.parameters[of];
      return value === undefined ? refuse(`there is no parameter "${of}".`) : argument(of, value, values);
    }
    case undefined:
      return refuse(unknownMacro(inner, written, trial.parameters));
    default:
      return name satisfies never;
  }
}

function unknownMacro(inner: string, written: string, parameters: Parameters): string {
  if (written === 'list' || LIST_MACROS.some((one) => one === written))
    return `\${${inner}} stands for several arguments and has to be an argument of its own.`;
  const unknown = `unknown macro \${${inner}}.`;
  if (Object.hasOwn(parameters, inner))
    return `${unknown} For the value of the parameter, write \${param:${inner}}.`;
  if (/^[A-Z][A-Z0-9_]*$/.test(inner))
    return `${unknown} For a variable of the environment, write \${envvar:${inner}}.`;
  const near = nearestName(written, [...TEXT_MACROS, ...LIST_MACROS]);
  return near === null ? unknown : `${unknown} Did you mean \${${near}}?`;
}

function argument(name: string, value: ParameterValue, { spellings = {} }: MacroValues): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return spelledNumber(name, value, spellings);
  return typeof value === 'object' ? valueJson(name, value, spellings) : value;
}
