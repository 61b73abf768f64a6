import { z } from 'zod';
import type { ReportColumns } from '../../campaign/report.js';

const epoch = z.int().positive();

/** The form of a report. */
export const reportSchema = z.object({ epoch, metrics: z.record(z.string(), z.number()) });

/** The form of several reports in columns. */
export const reportColumnsForm = {
  epochs: z.array(epoch),
  metrics: z.record(z.string(), z.array(z.number())),
};

/** Whether each metric of several reports has a value for each of them. */
export function hasValueForEachEpoch({ epochs, metrics }: ReportColumns): boolean {
  return Object.values(metrics).every((values) => values.length === epochs.length);
}
