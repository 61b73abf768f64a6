import { type ChildProcess, fork } from 'node:child_process';
import type { parquetMetadataAsync, parquetSchema } from 'hyparquet';
import { FitfirstError } from '../../../campaign/fitfirst-error.js';
import { entryUrl } from '../../../platform/entry-url.js';
import { machineMemory } from '../../../platform/machine-memory.js';
import { errorMessage } from '../../../text/error-message.js';
import { formatCount } from '../../../text/number.js';
import { escapeControls, quote } from '../../../text/quote.js';
import { dataError, formatPlace } from '../../diagnostics.js';
import { usableNumber } from '../../table/cell.js';
import type { FileFormat } from '../file-format.js';
import type { ReadingWatch } from '../read-bytes.js';
import { type Cells, type Rows, textRows } from '../rows.js';
import { parquetFile } from './parquet-file.js';
import type { ParquetAnswer, ParquetColumn, ParquetJob } from './parquet-process.js';

/** The minimum number of bytes that a cell takes in memory. */
const BYTES_A_CELL = 8;
/** The number of cells that the process sends at a time. */
const CELLS_AT_ONCE = 200_000;
/** The time limit of a row group: a damaged one can keep the library busy for hours. */
const PATIENCE_MS = 15_000;
const PATIENCE_MS_A_MEGABYTE = 2000;

/**
 * The rows of a Parquet file, some at a time, after the names of the columns. Null is a missing cell, dates are ISO
 * 8601 texts, and booleans are the texts `true` and `false`. Throws DATA_INVALID for damaged files, columns of lists
 * or records, and more rows than fit into memory.
 *
 * A child process decodes one row group at a time into columns: counts in damaged files can make the library fill the
 * memory, which ends a process, or run forever.
 */
async function* parquetRows(path: string, watch: ReadingWatch): AsyncGenerator<Rows, void, void> {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet');
  await using file = await parquetFile(path);
  const metadata = await parquetMetadataAsync(file).catch((error: unknown) => {
    throw unreadable(path, reasonOf(error), error);
  });
  const columns = columnsOf(path, metadata, parquetSchema);
  const inAll = Number(metadata.num_rows);
  if (!(inAll * columns.length * BYTES_A_CELL <= machineMemory())) {
    throw dataError(
      `${escapeControls(path)}  found ${formatCount(inAll, 'row')} of ` +
        `${formatCount(columns.length, 'column')}, which is more than fits into memory. Take a ` +
        'part of the table.',
    );
  }
  const inGroups = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (inGroups !== inAll) throw unreadable(path, `${inGroups} rows in its groups, ${inAll} in all`);
  yield textRows([{ cells: columns, line: 1 }]);
  const child = createProcess();
  const patience = PATIENCE_MS + Math.round((PATIENCE_MS_A_MEGABYTE * file.byteLength) / 1e6);
  const atOnce = Math.max(1, Math.floor(CELLS_AT_ONCE / Math.max(1, columns.length)));
  let read = 0;
  try {
    for (const { num_rows: count } of metadata.row_groups) {
      const group = { rowStart: read, rowEnd: read + Number(count) };
      while (read < group.rowEnd) {
        const rows = { rowStart: read, rowEnd: Math.min(group.rowEnd, read + atOnce) };
        const answer = await ask(child, { path, columns, group, rows }, patience);
        if (answer.kind === 'failed') throw unreadable(path, answer.reason);
        yield new ColumnRows(path, answer.columns, rows.rowEnd - rows.rowStart, read + 2);
        read = rows.rowEnd;
        watch(path, Math.round((file.byteLength * read) / Math.max(1, inAll)), file.byteLength);
      }
    }
  } finally {
    child.kill('SIGKILL');
  }
}

/** Starts a process that decodes row groups, with a limit on its memory. */
function createProcess(): ChildProcess {
  const { url, execArgv } = entryUrl('parquet-process', import.meta.url);
  const megabytes = Math.floor(machineMemory() / (2 * 1_048_576));
  return fork(url, ['serve-parquet'], {
    execArgv: [...execArgv, `--max-old-space-size=${megabytes}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/**
 * Sends a job and awaits the answer. The job fails if the process ends or takes longer than `patience` milliseconds.
 */
function ask(child: ChildProcess, job: ParquetJob, patience: number): Promise<ParquetAnswer> {
  return new Promise((resolve) => {
    const settle = (answer: ParquetAnswer): void => {
      clearTimeout(timer);
      child.off('message', settle).off('error', breakOff).off('exit', breakOff);
      resolve(answer);
    };
    const breakOff = (): void => settle({ kind: 'failed', reason: 'its reader ended' });
    const markInvalid = (): void => settle({ kind: 'failed', reason: 'reading it takes too long' });
    const timer = setTimeout(markInvalid, patience);
    child.on('message', settle).on('error', breakOff).on('exit', breakOff);
    child.send(job, (error) => error && breakOff());
  });
}

function columnsOf(
  path: string,
  metadata: Awaited<ReturnType<typeof parquetMetadataAsync>>,
  schemaOf: typeof parquetSchema,
): string[] {
  try {
    return schemaOf(metadata).children.map((child, cell) => {
      if (child.children.length === 0) return child.element.name;
      throw dataError(
        `${formatPlace(path, 1, cell + 1)}  found lists or records in the column ` +
          `${quote(child.element.name)}, expected numbers or texts. Write the table without it, or ` +
          'with its parts as columns.',
      );
    });
  } catch (error) {
    if (error instanceof FitfirstError) throw error;
    throw unreadable(path, reasonOf(error), error);
  }
}

/** Rows that were read as columns. */
class ColumnRows implements Rows {
  constructor(
    readonly path: string,
    readonly columns: readonly ParquetColumn[],
    readonly rows: number,
    readonly firstLine: number,
  ) {}

  each(visit: (cells: Cells, line: number) => void): void {
    const { columns, rows, firstLine } = this;
    let row = 0;
    const cells: Cells = {
      count: columns.length,
      number: (cell) => {
        const column = columns[cell];
        return column instanceof Float64Array ? usableNumber(column[row] ?? Number.NaN) : Number.NaN;
      },
      text: (cell) => this.#textOf(columns[cell], row, cell),
    };
    for (; row < rows; row++) visit(cells, firstLine + row);
  }

  #textOf(column: ParquetColumn | undefined, row: number, cell: number): string {
    const value = column?.[row] ?? null;
    if (value !== false) return String(value ?? '');
    throw dataError(
      `${formatPlace(this.path, this.firstLine + row, cell + 1)}  found a list, a record or ` +
        'bytes, expected a number or a text. Write the table without this column.',
    );
  }
}

function reasonOf(error: unknown): string {
  // The library throws a TypeError for damaged schemas.
  if (error instanceof TypeError) return 'the description of its columns is damaged';
  return errorMessage(error);
}

function unreadable(path: string, reason: string, cause?: unknown): Error {
  // The library names headers that it has not found, and makes lists of the lengths in damaged ones.
  const isOfHeaders = /undefined|Invalid (?:typed )?array (?:buffer )?(?:length|allocation)/i.test(reason);
  const shown = isOfHeaders ? 'one of its headers is damaged' : escapeControls(reason);
  return dataError(
    `${escapeControls(path)}  cannot be read as a Parquet file (${shown.slice(0, 200)}). ` +
      'It is damaged or of an unsupported kind; ' +
      'write it again, or export it as CSV.',
    cause === undefined ? {} : { cause },
  );
}

/** Its parts are read in any order, which gzip does not allow. */
export const PARQUET: FileFormat = {
  name: 'a Parquet file',
  title: 'Parquet',
  matches: (start) => start.toString('latin1', 0, 4) === 'PAR1',
  canBePacked: false,
  readRows: (path, { watch }) => parquetRows(path, watch),
};
