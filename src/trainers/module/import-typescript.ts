import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Imports TypeScript with tsx if this Node does not run it itself and tsx is installed next to the file; null if it is
 * not. Rejects with what is wrong in the file.
 */
export async function importTypescript(path: string): Promise<{ readonly default?: unknown } | null> {
  let folder: string;
  try {
    folder = dirname(createRequire(path).resolve('tsx/package.json'));
  } catch {
    return null; // not installed
  }
  // Its options for Node do not reach worker threads on Node 20; its interface for programs does.
  const api: { tsImport(file: string, parent: string): Promise<{ readonly default?: unknown }> } =
    await import(pathToFileURL(join(folder, 'dist/esm/api/index.mjs')).href);
  const file = pathToFileURL(path).href;
  const imported = await api.tsImport(file, file);
  // A file that no package.json calls a module comes wrapped up.
  const inner = imported.default;
  return typeof inner === 'object' && inner !== null && 'default' in inner ? inner : imported;
}
