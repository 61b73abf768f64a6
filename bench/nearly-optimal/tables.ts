import { keyedStream, shuffle } from '../../src/numeric/keyed-stream.js';
import { type AccuracyTable, accuracyTables } from '../accuracy/tables.js';

/** Rows of a table at most, so that a table of results takes a minute of one core. */
const MAX_ROWS = 400;

/** A sample of its rows has too few of its rarest classes for three parts. */
const LEFT_OUT = 'winequality-red';

/** The tables that are compared on, larger ones as a random sample of their rows. */
export function comparedTables(folder: string | null): AccuracyTable[] {
  return accuracyTables(folder)
    .filter(({ name }) => name !== LEFT_OUT)
    .map((table) => ({ ...table, rows: sampled(table) }));
}

function sampled({ name, rows }: AccuracyTable): AccuracyTable['rows'] {
  if (rows.length <= MAX_ROWS) return rows;
  const order = shuffle(
    Uint32Array.from(rows, (_, row) => row),
    keyedStream(1, 'nearly optimal', name),
  );
  return Array.from(order.subarray(0, MAX_ROWS), (row) => rows[row] ?? []);
}
