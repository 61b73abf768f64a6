import { access, readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { errorCode } from '../../text/error-message.js';
import { nearestName } from '../../text/nearest-name.js';
import { escapeControls, quote } from '../../text/quote.js';
import { DataDiagnostics, FoundDiagnostics, type OptionDiagnostic } from '../diagnostics.js';

/**
 * Resolves paths and patterns to files, in order; the files of a pattern are sorted by the code units of their names.
 * A path of an existing file is never a pattern. `at` is the path of the option in the config. Throws DataDiagnostics
 * if a file does not exist, a pattern matches none, or a file is named twice.
 */
export async function filesOf(paths: readonly string[], at: OptionDiagnostic['path']): Promise<string[]> {
  const files: string[] = [];
  const found = new FoundDiagnostics();
  for (const [i, path] of paths.entries()) {
    const place = paths.length === 1 ? at : [...at, i];
    const named = (await found.wait(matching(path, place))) ?? [];
    const twice = named.find((file) => files.includes(file));
    if (twice !== undefined) {
      const sentence =
        `${at.join('.')} names ${escapeControls(twice)} twice, expected each file once. Remove ` +
        'it from the list.';
      found.take(new DataDiagnostics([{ path: place, at: 'value', sentence }], [], null));
    }
    files.push(...named);
  }
  found.throwIfAny();
  return files;
}

/** Returns the path of an existing file. Throws DataDiagnostics if it does not exist. */
export async function existing(path: string, at: OptionDiagnostic['path']): Promise<string> {
  if (await exists(path)) return path;
  if (/(^|\/)[a-z][a-z0-9]+:\//i.test(path))
    throw missing('addresses are not downloaded. Save the file, and give its path.', at);
  if (/(^|\/)~/.test(path))
    throw missing('~ does not stand for the home folder here. Write the full path.', at);
  const near = nearestName(basename(path), await readdir(dirname(path)).catch(() => []));
  const hint =
    near === null ? 'Paths are relative to the folder of this config.' : `Did you mean ${quote(near)}?`;
  throw missing(`there is no file ${escapeControls(path)}. ${hint}`, at);
}

async function matching(path: string, at: OptionDiagnostic['path']): Promise<string[]> {
  if (await exists(path)) return [path];
  if (!isDynamicPattern(path)) return [await existing(path, at)];
  const found = await glob(path, { absolute: true, expandDirectories: false, dot: false });
  if (found.length > 0) return found.sort();
  throw missing(
    `no file matches the pattern ${escapeControls(path)}. Patterns are relative to the folder of this config.`,
    at,
  );
}

function missing(words: string, path: OptionDiagnostic['path']): DataDiagnostics {
  const key = path.filter((step) => typeof step === 'string').join('.');
  return new DataDiagnostics([{ path, at: 'value', sentence: `${key}: ${words}` }], [], null);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: unknown) => !isNotFound(error), // What exists but may not be inspected is reported when it is read.
  );
}

function isNotFound(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
}
