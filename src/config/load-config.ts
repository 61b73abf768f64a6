import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Finding } from '../campaign/finding.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Dataset } from '../data/dataset.js';
import type { ReadingWatch } from '../data/sources/read-bytes.js';
import { NotRegularFile, openUserFile } from '../platform/regular-file.js';
import { errorCode } from '../text/error-message.js';
import { errorReason } from '../text/error-reason.js';
import { nearestName } from '../text/nearest-name.js';
import { escapeControls } from '../text/quote.js';
import { builtInKinds, type ConfigKinds } from './config-kinds.js';
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
  /** The file as the user named it; `config` for an object. */
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

const FOLDER_FOUND = 'this is a folder; expected a config file in YAML or JSON.';

/** Bytes that no config comes near. */
const MAX_BYTES = 1_048_576;

/**
 * Reads a config file, YAML or JSON. Throws FitfirstError CONFIG_INVALID with all mistakes at once, one a
 * line: `path:line:column  sentence`, or `path  sentence` where the file itself cannot be read.
 */
export async function loadConfig(path: string, kinds: ConfigKinds = builtInKinds): Promise<LoadedConfig> {
  return readConfig(await textOf(path), path, kinds);
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
  return readWithData(await textOf(source), source, watch, kinds);
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

function unreadable(path: string, sentence: string, cause?: unknown): FitfirstError {
  return new FitfirstError('CONFIG_INVALID', `${escapeControls(path)}  ${sentence}`, { cause });
}

async function textOf(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readBounded(path);
  } catch (error) {
    throw error instanceof FitfirstError ? error : unreadable(path, await whyUnreadable(path, error), error);
  }
  if (bytes.length > MAX_BYTES) throw unreadable(path, tooLarge(`more than ${MAX_BYTES}`));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(path, 'the file is not text in UTF-8; configs are YAML or JSON.', error);
  }
}

/** The bytes of a file. A file that is too large is read only far enough to notice that. */
async function readBounded(path: string): Promise<Buffer> {
  await using file = await openUserFile(path);
  const { size } = await file.stat();
  if (size > MAX_BYTES) throw unreadable(path, tooLarge(String(size)));
  const pieces: Buffer[] = [];
  const stream = file.createReadStream({ autoClose: false, start: 0, end: MAX_BYTES });
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

function tooLarge(bytes: string): string {
  return `the file has ${bytes} bytes, too many for a config. Is it the data?`;
}

async function whyUnreadable(path: string, error: unknown): Promise<string> {
  if (error instanceof NotRegularFile && error.found !== 'a folder')
    return `found ${error.found}, expected a regular file: a campaign reads its config again when it resumes.`;
  const code = errorCode(error);
  if (error instanceof NotRegularFile) return FOLDER_FOUND;
  switch (code) {
    case 'EISDIR':
      return FOLDER_FOUND;
    case 'EACCES':
    case 'EPERM':
      return 'the file may not be read. Check its permissions.';
    case 'ENOENT':
    case 'ENOTDIR': {
      const near = await fileNear(path);
      return `there is no such file.${near === null ? '' : ` Did you mean ${escapeControls(near)}?`}`;
    }
    default:
      return `the file cannot be read: ${errorReason(error)}.`;
  }
}

/** The config in the same folder whose name is nearest. */
async function fileNear(path: string): Promise<string | null> {
  try {
    const names = await readdir(dirname(path));
    const near = nearestName(
      basename(path),
      names.filter((name) => /\.(ya?ml|json)$/i.test(name)),
    );
    return near === null ? null : join(dirname(path), near);
  } catch {
    return null; // Without the folder there is nothing to suggest.
  }
}
