import { exportCampaign } from '../../app/export-campaign.js';
import { readCampaign } from '../../app/read-campaign.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { outletKinds } from '../../outlets/kinds/outlet-kinds.js';
import { slices } from '../../platform/slices.js';
import { writeFile } from '../../platform/write-file.js';
import type { Cell, CsvRow } from '../../views/tables/csv-text.js';
import { csvText } from '../../views/tables/csv-text.js';
import { diagnosisRows } from '../../views/tables/diagnosis-table.js';
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
  const texts: string[] = [];
  for await (const text of textsOf(rowsOf[table ?? 'trials'](campaign), tableFormat(format))) {
    if (output === null) await print(text);
    else texts.push(text);
  }
  if (output !== null) await writeFile(output, texts.join(''));
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
  diagnosis: diagnosisRows,
} as const;

/** Rows that are formatted at once: a table may have millions. */
const SLICE = 5000;

/** The text of a table, piece by piece. */
async function* textsOf(rows: Iterable<CsvRow>, format: TableFormat): AsyncGenerator<string, void> {
  if (format === 'json') {
    const [header = [], ...others] = rows;
    yield `${JSON.stringify(records(header, others), null, 2)}\n`;
    return;
  }
  let header: CsvRow | null = null;
  for await (const slice of slices(rows, SLICE)) {
    if (format === 'csv') {
      yield csvText(slice);
      continue;
    }
    header ??= slice.shift() ?? [];
    yield records(header, slice)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join('');
  }
}

function records(header: CsvRow, rows: readonly CsvRow[]): Record<string, Cell>[] {
  const names = header.map(String);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])));
}
