import { open } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { ReadingWatch } from './read-bytes.js';
import type { TableRow } from './table-rows.js';
import { counted, dataError, placed, printable, quoted } from './wording.js';

/** Bytes that a row's cell takes at least on its way through memory. */
const BYTES_A_CELL = 8;

/**
 * The rows of a Parquet file, a row group at a time, the names of the columns first. Null is a missing cell,
 * dates are ISO 8601, `true` and `false` are texts. Throws DATA_INVALID for damaged files, columns that hold
 * lists or records, and more rows than fit into memory.
 */
export async function* parquetRows(
  path: string,
  watch: ReadingWatch,
): AsyncGenerator<readonly TableRow[], void, void> {
  await using file = await open(path);
  const { size } = await file.stat();
  const source = {
    byteLength: size,
    async slice(start: number, end: number = size): Promise<ArrayBuffer> {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = new Uint8Array(length);
      await file.read(bytes, 0, length, start);
      return bytes.buffer;
    },
  };
  const metadata = await explained(path, parquetMetadataAsync(source));
  const columns = await explained(path, topColumns(path, metadata));
  const rows = Number(metadata.num_rows);
  if (!(rows * columns.length * BYTES_A_CELL <= totalmem())) {
    throw dataError(
      `${printable(path)}  found ${counted(rows, 'row')} of ${counted(columns.length, 'column')}, which is more than fits into memory. Take a part of the table.`,
    );
  }
  yield [{ cells: columns, line: 1 }];
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const read: TableRow[] = [];
    const onComplete = (found: unknown[][]): void => {
      for (const [i, cells] of found.entries()) {
        const line = rowStart + i + 2;
        read.push({ line, cells: columns.map((_, cell) => textOf(cells[cell], path, line, cell)) });
      }
    };
    const options = { file: source, metadata, compressors, rowStart, rowEnd, columns, onComplete };
    await explained(path, parquetRead(options));
    yield read;
    rowStart = rowEnd;
    watch(path, Math.round((size * rowStart) / Math.max(1, rows)), size);
  }
}

async function topColumns(path: string, metadata: Awaited<ReturnType<typeof parquetMetadataAsync>>) {
  return parquetSchema(metadata).children.map((child, cell) => {
    if (child.children.length > 0) {
      throw dataError(
        `${placed(path, 1, cell + 1)}  found lists or records in the column ${quoted(child.element.name)}, expected numbers or texts. Write the table without it, or with its parts as columns.`,
      );
    }
    return child.element.name;
  });
}

function textOf(value: unknown, path: string, line: number, cell: number): string {
  switch (typeof value) {
    case 'undefined':
      return '';
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return '';
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
      throw dataError(
        `${placed(path, line, cell + 1)}  found a list, a record or bytes, expected a number or a text. Write the table without this column.`,
      );
  }
}

/** The reader throws errors of many kinds on damaged files. */
async function explained<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof FitfirstError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw dataError(
      `${printable(path)}  cannot be read as a Parquet file (${printable(reason)}). It is damaged or of a kind that is not supported; write it anew, or export it as CSV.`,
      { cause: error },
    );
  }
}
