import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of real data sets, or null where this machine has none; tests that need it skip visibly then. */
export const sharedData: string | null = (() => {
  const folder =
    process.env.FITFIRST_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
  return existsSync(folder) ? folder : null;
})();
