import { FoundDiagnostics, type OptionDiagnostic, together } from '../diagnostics.js';
import type { ReadingWatch } from '../sources/read-bytes.js';
import { textsOf } from '../sources/rows.js';
import type { Table } from './table.js';
import { type TableLimits, tableLimits } from './table-limits.js';
import { TableReader } from './table-reader.js';
import { type TableRequest, type TableStart, tableStart } from './table-start.js';

/**
 * Reads one or several sources as one table. Throws DATA_INVALID for an unreadable or empty file, rows of different
 * lengths, files with different columns, and more rows than the limits allow; DataDiagnostics if the options refer to
 * columns that do not exist.
 */
export async function readTable(
  request: TableRequest,
  watch: ReadingWatch = () => {},
  limits: TableLimits = tableLimits(),
): Promise<Table> {
  const reader = new TableReader(request, limits);
  try {
    for (const source of request.sources) {
      reader.open(source);
      for await (const rows of source.read(watch)) {
        rows.each((cells, line) => reader.take(cells, line));
      }
      reader.close();
    }
    return reader.table();
  } catch (error) {
    throw together(reader.diagnostics, error);
  }
}

/**
 * Checks the references to columns in the options by the first line alone. Throws DataDiagnostics, or DATA_INVALID if
 * that line cannot be read.
 */
export async function checkReferences(request: TableRequest): Promise<void> {
  const [source] = request.sources;
  if (source === undefined) throw new RangeError('a table has at least one file');
  let start: TableStart | null = null;
  for await (const rows of source.read(() => {})) {
    rows.each((cells, line) => {
      start ??= tableStart(request, source, textsOf(cells), line);
    });
    if (start !== null) break;
  }
  new FoundDiagnostics(diagnosticsOf(start)).throwIfAny();
}

const diagnosticsOf = (start: TableStart | null): readonly OptionDiagnostic[] => start?.diagnostics ?? [];
