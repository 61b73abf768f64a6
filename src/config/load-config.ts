import type { Finding } from '../campaign/finding.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Dataset } from '../data/dataset.js';
import type { ReadingWatch } from '../data/sources/read-bytes.js';
import { escapeControls } from '../text/quote.js';
import { builtInKinds, type ConfigKinds } from './config-kinds.js';
import { readConfigText } from './config-text.js';
import type { ConfigDocument } from './diagnostics/config-document.js';
import { nothingShown, type ShownByData, showData } from './diagnostics/data-diagnostics.js';
import { type Diagnostic, diagnosticLines } from './diagnostics/diagnostic.js';
import {
  type ConfigObject,
  type DraftedConfig,
  draftObject,
  draftWith,
  parseDraft,
  type UnsaidValue,
} from './parse-draft.js';
import { findingsOf, resolveConfig } from './resolve-config.js';
import type { ResolvedConfig } from './resolved-config.js';

/** A config that was read and found sound. */
export interface LoadedConfig {
  readonly config: ResolvedConfig;
  /** What is worth a warning. */
  readonly findings: readonly Finding[];
  /** The file as the user named it; `stdin` or `fd 63` for a pipe, `config` for an object. */
  readonly path: string;
  /** The file as it was written. */
  readonly text: string;
  /** Its parts and where they stand, for what can only be said later. */
  readonly document: ConfigDocument;
  /** The config with values for keys that it leaves unsaid. */
  resolveWith(values: readonly UnsaidValue[]): ResolvedConfig;
}

/** A sound config and its data; null where it has none. */
export interface LoadedWithData {
  readonly loaded: LoadedConfig;
  readonly dataset: Dataset | null;
}

/**
 * Reads a config file, YAML or JSON. Throws FitfirstError CONFIG_INVALID with all mistakes at once, one a
 * line: `path:line:column  sentence`, or `path  sentence` where the file itself cannot be read.
 */
export async function loadConfig(path: string, kinds: ConfigKinds = builtInKinds): Promise<LoadedConfig> {
  const { text, name } = await readConfigText(path);
  return readConfig(text, name, kinds);
}

/** Reads the text of a config; the path names it in messages, and its folder is where relative paths start. */
export function readConfig(text: string, path: string, kinds: ConfigKinds = builtInKinds): LoadedConfig {
  return conclude(parseDraft(text, path, kinds), nothingShown);
}

/**
 * Reads a config, a file by its path or an object, and its data; `dataset` is null where it has none. Throws as
 * `loadConfig` does, with what the data show to be wrong in the config among the lines and what is wrong in the data
 * after them, or DATA_INVALID with these alone.
 */
export async function loadWithData(
  source: string | ConfigObject,
  watch?: ReadingWatch,
  kinds: ConfigKinds = builtInKinds,
): Promise<LoadedWithData> {
  if (typeof source !== 'string') return showAndConclude(draftObject(source), watch);
  const { text, name } = await readConfigText(source);
  return readWithData(text, name, watch, kinds);
}

/** The same of the text of a config. */
export async function readWithData(
  text: string,
  path: string,
  watch?: ReadingWatch,
  kinds: ConfigKinds = builtInKinds,
): Promise<LoadedWithData> {
  return showAndConclude(parseDraft(text, path, kinds), watch);
}

async function showAndConclude(drafted: DraftedConfig, watch?: ReadingWatch): Promise<LoadedWithData> {
  const shown = await showData(drafted, watch);
  return { loaded: conclude(drafted, shown), dataset: shown.dataset };
}

/** The sound config, given what its data show; else throws all that is wrong. */
function conclude(drafted: DraftedConfig, shown: ShownByData): LoadedConfig {
  const { path, text, document, structure, data, checks, origin, kinds } = drafted;
  const config = resolveConfig(structure.draft, { ...origin, data, task: shown.task, kinds }, checks);
  const problems = [...structure.problems, ...checks.problems, ...shown.problems];
  if (problems.length > 0) throw invalid(path, problems, shown.files);
  if (shown.files.length > 0) throw new FitfirstError('DATA_INVALID', shown.files.join('\n'));
  if (config === null) throw new TypeError('a config without problems must resolve');
  const resolveWith = (values: readonly UnsaidValue[]): ResolvedConfig =>
    conclude(draftWith(drafted, values), shown).config;
  return { config, findings: findingsOf(config), path, text, document, resolveWith };
}

/** The error that says all problems of a file, and then those of other files. */
function invalid(
  path: string,
  problems: readonly Diagnostic[],
  others: readonly string[] = [],
): FitfirstError {
  return new FitfirstError(
    'CONFIG_INVALID',
    [diagnosticLines(escapeControls(path), problems), ...others].join('\n'),
  );
}
