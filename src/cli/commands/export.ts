import { exportCampaign } from '../../app/export-campaign.js';
import { readCampaign } from '../../app/read-campaign.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { outletKinds } from '../../outlets/kinds/outlet-kinds.js';
import { writeFile } from '../../platform/write-file.js';
import type { Cell, CsvRow } from '../../views/tables/csv-text.js';
import { csvText } from '../../views/tables/csv-text.js';
import { epochRows } from '../../views/tables/epochs-table.js';
import { importanceRows } from '../../views/tables/importance-table.js';
import { stageRows } from '../../views/tables/stages-table.js';
import { trialRows } from '../../views/tables/trials-table.js';
import { readerGone } from '../closed-pipes.js';
import { type ExportTable, type TableFormat, tableFormats } from '../options.js';

interface ExportFlags {
  readonly table?: ExportTable;
  readonly format: string;
  readonly output?: string;
}

/** Exports one table of a campaign, or the whole campaign for another tool. */
export async function exportCommand(folder: string, flags: ExportFlags): Promise<void> {
  const { table, format, output = null } = flags;
  const kind = outletKinds.find(({ name }) => name === format);
  if (kind !== undefined) {
    if (table !== undefined)
      throw new FitfirstError(
        'USAGE_INVALID',
        `--format ${format} exports the whole campaign. Leave --table out.`,
      );
    await exportCampaign(folder, kind, { output, print });
    return;
  }
  const { campaign } = await readCampaign(folder);
  const text = textOf([...rowsOf[table ?? 'trials'](campaign)], tableFormat(format));
  if (output === null) await print(text);
  else await writeFile(output, text);
}

/** Resolves when there is room for more: a reader that is slow makes the export wait, one that is gone does not. */
async function print(text: string): Promise<void> {
  if (readerGone.aborted || process.stdout.write(text)) return;
  await new Promise<void>((resolve) => {
    const goOn = (): void => {
      process.stdout.off('drain', goOn);
      readerGone.removeEventListener('abort', goOn);
      resolve();
    };
    process.stdout.on('drain', goOn);
    readerGone.addEventListener('abort', goOn);
  });
}

function tableFormat(format: string): TableFormat {
  const known = tableFormats.find((name) => name === format);
  // The command line has refused all others.
  if (known === undefined) throw new TypeError(`there is no format ${format}`);
  return known;
}

const rowsOf = {
  trials: trialRows,
  epochs: epochRows,
  stages: stageRows,
  importance: importanceRows,
} as const;

function textOf(rows: readonly CsvRow[], format: TableFormat): string {
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
