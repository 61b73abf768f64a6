import type { Campaign } from '../../campaign/campaign.js';
import { csvText, type Row } from './csv-text.js';
import { trialRows } from './trials-table.js';

const lines = new WeakMap<Row, string>();

/** The text of `trials.csv`. Only the rows that changed since the last call are made anew. */
export function trialsCsv(campaign: Campaign): string {
  return Array.from(trialRows(campaign), lineOf).join('');
}

function lineOf(row: Row): string {
  const cached = lines.get(row);
  if (cached !== undefined) return cached;
  const line = csvText([row]);
  lines.set(row, line);
  return line;
}
