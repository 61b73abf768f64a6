import { tryDamagedFile } from '../../data/try-damaged-file.js';
import type { FuzzKind, FuzzOutcome } from './fuzz-kind.js';

/** How far apart the numbers of two seeds are. */
const SEED_STRIDE = 1_000_000;

/** Data files of every format, loaded. */
export const dataFiles: FuzzKind = {
  async attempt(seed, number, folder): Promise<FuzzOutcome> {
    const tried = await tryDamagedFile((seed - 1) * SEED_STRIDE + number, folder);
    switch (tried.outcome) {
      case 'loaded':
        return { name: 'loaded', message: null };
      case 'refused':
        return { name: 'DATA_INVALID', message: tried.message };
      default:
        return { name: 'wrong', message: tried.what };
    }
  },
};
