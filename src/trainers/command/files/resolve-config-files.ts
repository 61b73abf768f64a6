import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { ConfigFile } from '../../../execution/command-options.js';
import { isFileAt } from '../../../platform/path-kind.js';
import { errorMessage } from '../../../text/error-message.js';
import { quote } from '../../../text/quote.js';
import type { TrainerResolveContext } from '../../resolve-context.js';
import { PARAMETERS_NAME, REPORTS_NAME } from '../invocation/trial-environment.js';
import type { ConfigFilesInput } from './config-files-schema.js';
import { configFormatOf, readConfigText } from './config-text.js';
import { parseValuePath, reachOfPath } from './value-path.js';

/** Bytes of a template. */
const MAX_BYTES = 4 * 1_048_576;
/** Files that fitfirst itself puts into the directory of a trial. */
const TAKEN: readonly string[] = [PARAMETERS_NAME, REPORTS_NAME, 'stop.json'];

/** The config files that are written for each trial, with the texts of their templates. */
export function resolveConfigFiles(input: ConfigFilesInput, context: TrainerResolveContext): ConfigFile[] {
  return Object.entries(input).flatMap(([name, { template, set }]) => {
    const path = ['trainer', 'config_files', name];
    const format = configFormatOf(name);
    if (format === null) {
      context.report(path, `the name ${quote(name)} has to end in .yaml, .yml, .json or .toml.`);
      return [];
    }
    if (isAbsolute(name) || name.split(/[/\\]/).includes('..') || TAKEN.includes(name)) {
      const why = TAKEN.includes(name) ? 'is a file of fitfirst' : 'leaves the folder of the trial';
      context.report(path, `the name ${quote(name)} ${why}. Give the file another one, such as config.yaml.`);
      return [];
    }
    const text = template === undefined ? '' : readTemplate(template, [...path, 'template'], context);
    if (text === null) return [];
    const file: ConfigFile = { name, format, template: text, set };
    return areSoundPaths(file, template ?? null, path, context) ? [file] : [];
  });
}

function readTemplate(
  template: string,
  path: readonly string[],
  context: TrainerResolveContext,
): string | null {
  const place = resolve(context.folder, template);
  if (!isFileAt(place)) {
    context.report(path, `there is no file ${place}.`);
    return null;
  }
  if (statSync(place).size > MAX_BYTES) {
    context.report(path, `${place} has more than 4 MiB, which is no config file.`);
    return null;
  }
  return readFileSync(place, 'utf8');
}

/** A path that the template does not have is a slip, as a rule, and the program would ignore what stands there. */
function areSoundPaths(
  { format, template, set }: ConfigFile,
  name: string | null,
  path: readonly string[],
  context: TrainerResolveContext,
): boolean {
  let root: unknown = {};
  try {
    if (template.trim() !== '') root = readConfigText(template, format);
  } catch (error) {
    context.report([...path, 'template'], `${name ?? 'the template'} cannot be read: ${errorMessage(error)}`);
    return false;
  }
  const unsound = Object.keys(set).filter((text) => {
    const steps = parseValuePath(text);
    if (steps === null) {
      context.report(
        [...path, 'set', text],
        `${quote(text)} is no path. Write it as in model.layers[0].dropout.`,
      );
      return true;
    }
    const reach = name === null ? steps.length : reachOfPath(root, steps);
    if (reach === steps.length) return false;
    const known = steps.slice(0, reach).join('.');
    context.report(
      [...path, 'set', text],
      `${name} has no ${quote(String(steps[reach]))}${known === '' ? '' : ` in ${quote(known)}`}. ` +
        'Correct the path, or add the key to the template.',
    );
    return true;
  });
  return unsound.length === 0;
}
