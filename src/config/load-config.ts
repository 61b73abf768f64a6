import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Finding } from '../campaign/finding.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { nearestName } from '../campaign/nearest-name.js';
import { createChecks } from './checks.js';
import { type ConfigDocument, parseConfig } from './config-document.js';
import { type Problem, printable, problemLines } from './problem.js';
import { findingsOf, resolveConfig } from './resolve-config.js';
import type { ResolvedConfig } from './resolved-config.js';
import { checkStructure } from './structure.js';

/** A config that was read and found sound. */
export interface LoadedConfig {
  readonly config: ResolvedConfig;
  /** What is worth a warning. */
  readonly findings: readonly Finding[];
  /** The file as the user named it. */
  readonly path: string;
  /** The file as it was written. */
  readonly text: string;
  /** Its parts and where they stand, for what can only be said later. */
  readonly document: ConfigDocument;
}

/** Bytes that no config comes near. */
const mostBytes = 1_048_576;

/**
 * Reads a config file, YAML or JSON. Throws FitfirstError CONFIG_INVALID with all mistakes at once, one a
 * line: `path:line:column  sentence`, or `path  sentence` where the file itself cannot be read.
 */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  return readConfig(await textOf(path), path);
}

/** Reads the text of a config; the path names it in messages, and its folder is where relative paths start. */
export function readConfig(text: string, path: string): LoadedConfig {
  const document = parseConfig(text);
  if (document.problems.length > 0) throw invalid(path, document.problems);
  if (document.value === null) {
    throw unreadable(path, 'the file is empty; expected at least data, parameters and fit_first.');
  }
  const structure = checkStructure(document);
  const checks = createChecks(document, structure);
  const absolute = resolve(path);
  const origin = { folder: dirname(absolute), name: basename(absolute, extname(absolute)) };
  const config = resolveConfig(structure.draft, origin, checks);
  const problems = [...structure.problems, ...checks.problems];
  if (problems.length > 0) throw invalid(path, problems);
  if (config === null) throw new TypeError('a config without problems must resolve');
  return { config, findings: findingsOf(config), path, text, document };
}

/** The error that says all problems of a file. */
export function invalid(path: string, problems: readonly Problem[]): FitfirstError {
  return new FitfirstError('CONFIG_INVALID', problemLines(printable(path), problems));
}

function unreadable(path: string, sentence: string, cause?: unknown): FitfirstError {
  return new FitfirstError('CONFIG_INVALID', `${printable(path)}  ${sentence}`, { cause });
}

async function textOf(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw unreadable(path, await whyUnreadable(path, error), error);
  }
  if (bytes.length > mostBytes)
    throw unreadable(path, `the file has ${bytes.length} bytes, too many for a config. Is it the data?`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(path, 'the file is not text in UTF-8; configs are YAML or JSON.', error);
  }
}

async function whyUnreadable(path: string, error: unknown): Promise<string> {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EISDIR':
      return 'this is a folder; expected a config file in YAML or JSON.';
    case 'EACCES':
    case 'EPERM':
      return 'the file may not be read. Check its permissions.';
    case 'ENOENT':
    case 'ENOTDIR': {
      const near = await fileNear(path);
      return `there is no such file.${near === null ? '' : ` Did you mean ${printable(near)}?`}`;
    }
    default:
      return `the file cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
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
