import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A file of fitfirst's own that is run by another process or thread. */
export interface EntryPoint {
  readonly url: URL;
  /** Options of Node's that it needs; none but in development, where it is TypeScript. */
  readonly execArgv: readonly string[];
  /** A line of code that loads it, for a thread that is started with code instead of a file. */
  readonly code: string;
}

const require = createRequire(import.meta.url);

/** The program of this name, without extension, in the folder of a module, which gives its `import.meta.url`. */
export function entryUrl(name: string, neighbour: string): EntryPoint {
  const extension = extname(neighbour);
  const url = new URL(`./${name}${extension}`, neighbour);
  const text = JSON.stringify(url.href);
  if (extension !== '.ts') return { url, execArgv: [], code: `import(${text})` };
  // Its options for Node do not reach imports in threads of Node 20; its interface for programs does.
  const api = join(dirname(require.resolve('tsx/package.json')), 'dist/esm/api/index.mjs');
  const tsx = JSON.stringify(pathToFileURL(api).href);
  const code = `import(${tsx}).then(({ tsImport }) => tsImport(${text}, ${text}))`;
  return { url, execArgv: ['--import', require.resolve('tsx')], code };
}
