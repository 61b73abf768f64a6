import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for the tables that tests write, removed after the last test file. */
    readonly tablesFolder: string;
  }
}

/** Makes the folder before the first test file. */
export function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-data-'));
  provide('tablesFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
