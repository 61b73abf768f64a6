import type { ResultFiles } from '../../src/outlets/outlet.js';

/** Result files of which nothing is known, so that each is written. */
export const UNKNOWN_FILES: ResultFiles = { isCurrent: async () => false, wrote() {} };
