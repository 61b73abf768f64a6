import { readCampaign } from '../../app/read-campaign.js';
import type { Cell, CsvRow } from '../../views/tables/csv-text.js';
import { csvText } from '../../views/tables/csv-text.js';
import { epochRows } from '../../views/tables/epochs-table.js';
import { stageRows } from '../../views/tables/stages-table.js';
import { trialRows } from '../../views/tables/trials-table.js';
import type { ExportFormat, ExportTable } from '../options.js';

interface ExportFlags {
  readonly table: ExportTable;
  readonly format: ExportFormat;
}

/** Writes a table of a campaign to standard output. */
export async function exportCommand(folder: string, { table, format }: ExportFlags): Promise<void> {
  const { campaign } = await readCampaign(folder);
  const rows = [...rowsOf[table](campaign)];
  process.stdout.write(textOf(rows, format));
}

const rowsOf = { trials: trialRows, epochs: epochRows, stages: stageRows } as const;

function textOf(rows: readonly CsvRow[], format: ExportFormat): string {
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

function records([header, ...rows]: readonly CsvRow[]): Record<string, Cell>[] {
  const names = (header ?? []).map(String);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])));
}
