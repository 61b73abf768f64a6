import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AccuracyRun, accuracyRunSchema } from './accuracy-run.js';

/** Where finished splits are kept, one a line. */
export const runsFile = fileURLToPath(new URL('./runs.jsonl', import.meta.url));

/** The splits that have been measured. */
export function knownRuns(file: string = runsFile): AccuracyRun[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.filter((line) => line !== '').map((line) => accuracyRunSchema.parse(JSON.parse(line)));
}
