import { readCampaign } from '../../app/read-campaign.js';
import type { Cell, Row } from '../../views/tables/csv-text.js';
import { csvText } from '../../views/tables/csv-text.js';
import { epochRows } from '../../views/tables/epochs-table.js';
import { stageRows } from '../../views/tables/stages-table.js';
import { trialRows } from '../../views/tables/trials-table.js';

/** The tables that can be exported. */
export const exportTables = ['trials', 'epochs', 'stages'] as const;

/** The forms in which they are written. */
export const exportFormats = ['csv', 'json', 'jsonl'] as const;

interface ExportOptions {
  readonly table: (typeof exportTables)[number];
  readonly format: (typeof exportFormats)[number];
}

/** Writes a table of a campaign to standard output. */
export async function exportCommand(folder: string, { table, format }: ExportOptions): Promise<void> {
  const { campaign } = await readCampaign(folder);
  const rows = [...rowsOf[table](campaign)];
  process.stdout.write(textOf(rows, format));
}

const rowsOf = { trials: trialRows, epochs: epochRows, stages: stageRows } as const;

function textOf(rows: readonly Row[], format: ExportOptions['format']): string {
  switch (format) {
    case 'csv':
      return csvText(rows);
    case 'json':
      return `${JSON.stringify(records(rows), null, 2)}\n`;
    case 'jsonl':
      return records(rows)
        .map((record) => `${JSON.stringify(record)}\n`)
        .join('');
    default:
      return format satisfies never;
  }
}

function records([header, ...rows]: readonly Row[]): Record<string, Cell>[] {
  const names = (header ?? []).map(String);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])));
}
