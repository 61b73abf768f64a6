import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ConfigFile } from '../../../execution/command-options.js';
import { writeRegularFile } from '../../../platform/regular-file.js';
import { expandText, type MacroValues } from '../invocation/macros.js';
import { spelledNumber } from '../invocation/written-values.js';
import { setInConfigText, type WrittenValue } from './config-text.js';
import { parseValuePath } from './value-path.js';

/** Writes the config files of a program into the directory of its trial. */
export function writeConfigFiles(files: readonly ConfigFile[], directory: string, values: MacroValues): void {
  for (const file of files) {
    const path = join(directory, file.name);
    mkdirSync(dirname(path), { recursive: true });
    writeRegularFile(path, configFileText(file, values));
  }
}

/** The text of a config file for one trial. Throws CONFIG_INVALID if a macro cannot be expanded. */
export function configFileText({ name, format, template, set }: ConfigFile, values: MacroValues): string {
  const settings = Object.entries(set).map(
    ([path, value]) => [parseValuePath(path) ?? [path], writtenValue(value, name, format, values)] as const,
  );
  return setInConfigText(template, format, settings);
}

const WHOLE_MACRO = /^\$\{(?:param:([^}]+)|(seed|repeat|epochs))\}$/;

/** A macro that is the whole text keeps the type of what it stands for. */
function writtenValue(
  value: ConfigFile['set'][string],
  name: string,
  format: ConfigFile['format'],
  values: MacroValues,
): WrittenValue {
  const written = (of: string, one: unknown): WrittenValue => {
    if (Array.isArray(one)) return one.map((entry) => written(of, entry));
    if (typeof one === 'boolean') return { spelled: String(one) };
    if (typeof one !== 'number') return { text: String(one) };
    return { spelled: spelling(spelledNumber(of, one, values.spellings ?? {}), format) };
  };
  if (typeof value !== 'string') return written('', value);
  const [, parameter, fact] = WHOLE_MACRO.exec(value) ?? [];
  const given = parameter === undefined ? undefined : values.trial.parameters[parameter];
  if (parameter !== undefined && given !== undefined) return written(parameter, given);
  const expanded = expandText(value, `trainer.config_files.${name}`, values);
  return fact === undefined ? { text: expanded } : { spelled: expanded };
}

/**
 * YAML 1.1, which PyYAML reads, takes 1e-7 for text and 1.0e-7 for a number; TOML wants digits on both sides of the
 * point, and JSON no plus sign.
 */
function spelling(number: string, format: ConfigFile['format']): string {
  const [, sign = '', whole = '', fraction, exponent] =
    /^([-+]?)(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?$/i.exec(number) ?? [];
  if (whole === '' && fraction === undefined) return number;
  const hasPoint = fraction !== undefined || (exponent !== undefined && format !== 'json');
  const digits = `${sign === '-' ? '-' : ''}${whole || '0'}${hasPoint ? `.${fraction || '0'}` : ''}`;
  if (exponent === undefined) return digits;
  return `${digits}e${/^[-+]/.test(exponent) ? exponent : `+${exponent}`}`;
}
