import { type Rows, textRows } from './cells.js';
import { readNpy } from './npy-array.js';
import type { ReadingWatch } from './read-bytes.js';
import { dataError, printable } from './wording.js';

const ROWS_AT_ONCE = 1000;

/** The rows of an NPY file of two dimensions. Throws DATA_INVALID for any other. */
export async function* npyRows(path: string, watch: ReadingWatch): AsyncGenerator<Rows, void, void> {
  const { shape, numbers, fortranOrder } = await readNpy(path, watch);
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || columns === undefined) {
    throw dataError(
      `${printable(path)}  found an array of the shape (${shape.join(', ')}), expected two dimensions: rows and columns, the target among them. ` +
        'Where inputs and targets are two files, name them under `images` and `labels` in data.',
    );
  }
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, rows - first);
    yield textRows(
      Array.from({ length: count }, (_, i) => ({
        line: first + i + 1,
        cells: Array.from({ length: columns }, (__, cell) => {
          const row = first + i;
          return String(numbers[fortranOrder ? cell * rows + row : row * columns + cell]);
        }),
      })),
    );
  }
}
