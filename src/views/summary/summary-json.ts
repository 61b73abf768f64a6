import type { Summary } from './summary.js';

/** The text of `summary.json`: two spaces of indentation, a newline at the end, null for what is not finite. */
export function summaryJson(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}
