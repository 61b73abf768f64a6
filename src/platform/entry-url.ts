import { createRequire } from 'node:module';
import { extname } from 'node:path';

/** A file of fitfirst's own that is run by another process or thread. */
export interface EntryPoint {
  readonly url: URL;
  /** Options of Node's that it needs; none but in development, where it is TypeScript. */
  readonly execArgv: readonly string[];
}

const require = createRequire(import.meta.url);

/** The program of this name, without extension, beside a module, which gives its `import.meta.url`. */
export function entryUrl(name: string, beside: string): EntryPoint {
  const extension = extname(beside);
  return {
    url: new URL(`./${name}${extension}`, beside),
    execArgv: extension === '.ts' ? ['--import', require.resolve('tsx')] : [],
  };
}
