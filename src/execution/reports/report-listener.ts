import type { Report } from '../../campaign/report.js';

/**
 * Called with each report of a trial. A promise that it returns resolves when the report is dealt with, for example on
 * disk.
 */
export type ReportListener = (report: Report) => void | Promise<void>;

/** Reports of a trial that may wait to be dealt with before its trainer has to wait. */
export const MAX_OPEN_REPORTS = 2048;
