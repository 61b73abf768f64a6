import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { z } from 'zod';
import { isFileAt } from '../platform/path-kind.js';
import { quote } from '../text/quote.js';
import type { TrainerResolveContext } from './resolve-context.js';

/** How fitfirst notices that a user's trainer has changed. */
export interface TrainerCode {
  /** The user's own name for this state of the code, which counts instead of any file; null where there is none. */
  readonly version: string | null;
  /** Absolute paths of the files whose contents count, by their names relative to the config. */
  readonly files: Readonly<Record<string, string>>;
}

/** The code of a trainer without files of the user's. */
export const NO_CODE: TrainerCode = { version: null, files: {} };

/** The keys of the section `trainer` about its files. */
export const codeShape = {
  files: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'More files of your program, or patterns such as src/**/*.py, relative to the config. If one of ' +
        'them changes, `run` stops, and you choose between `--extend` and `--fresh`.',
    ),
  version: z
    .union([z.string().min(1), z.number()])
    .optional()
    .describe(
      'The version of your program. To find out whether the program changed, fitfirst then compares this ' +
        'version and not the contents of files. Raise it whenever a change to the program changes results.',
    ),
};

/** The part of a fingerprint that a version makes. */
export function versionFingerprint({ version }: TrainerCode): { readonly version?: string } {
  return version === null ? {} : { version };
}

/** What a config says of the files that a trainer of the user's own consists of. */
interface CodeInput {
  readonly files?: readonly string[] | undefined;
  readonly version?: string | number | undefined;
}

/**
 * The files by whose contents it is seen that a trainer is another one: those of `named` that are files of the
 * config's folder (so that no Python of the system's counts), and those that the config adds. None where the config
 * gives the trainer a version, which counts instead.
 */
export function resolveTrainerCode(
  input: CodeInput,
  named: readonly string[],
  { folder, report }: Pick<TrainerResolveContext, 'folder' | 'report'>,
): TrainerCode {
  const { files: added = [], version } = input;
  if (version !== undefined) {
    if (added.length > 0)
      report(
        ['trainer', 'files'],
        'trainer.files says what counts, and so does trainer.version, which counts instead of ' +
          'any file. Leave one of them out.',
      );
    return { version: String(version), files: {} };
  }
  const found = added.flatMap((pattern, n) => {
    const files = matching(pattern, folder);
    if (files.length === 0)
      report(['trainer', 'files', n], `no file matches ${quote(pattern)} in ${folder}.`);
    return files;
  });
  const own = named.filter((path) => isOwnFile(path, folder));
  const paths = [...new Set([...own, ...found])];
  return {
    version: null,
    files: Object.fromEntries(paths.map((path) => [relative(folder, path).replaceAll(sep, '/'), path])),
  };
}

function matching(pattern: string, folder: string): string[] {
  const path = resolve(folder, pattern);
  if (isFileAt(path)) return [path];
  if (!isDynamicPattern(pattern)) return [];
  const ignore = ['**/node_modules/**', '**/__pycache__/**'];
  return globSync(pattern, { cwd: folder, absolute: true, expandDirectories: false, ignore }).sort();
}

function isOwnFile(path: string, folder: string): boolean {
  if (!isFileAt(path)) return false;
  const place = relative(realpathSync(folder), realpathSync(path));
  return place !== '..' && !place.startsWith(`..${sep}`);
}
