import { escapeControls } from '../../../text/quote.js';
import { dataError } from '../../diagnostics.js';
import type { NumberStorage } from '../../shared-numbers.js';
import { usableNumber } from '../../table/cell.js';
import type { ArraySource, FileFormat } from '../file-format.js';
import type { ReadingWatch } from '../read-bytes.js';
import type { Cells, Rows } from '../rows.js';
import { type ArrayNumbers, type NpyArray, numbersIn, openNpy, sizeOf } from './npy-array.js';

/** The rows of an NPY file of two dimensions, as they are read. Throws DATA_INVALID for any other shape. */
async function* npyRows(path: string, watch: ReadingWatch): AsyncGenerator<Rows, void, void> {
  const array = await openNpy(path);
  const [rows, columns] = array.shape;
  if (array.shape.length !== 2 || rows === undefined || columns === undefined) {
    throw dataError(
      `${escapeControls(path)}  found an array of the shape (${array.shape.join(', ')}), ` +
        'expected two dimensions: rows and columns, the target among them. ' +
        'Where inputs and targets are two files, name them under `images` and `labels` in data.',
    );
  }
  // In column order, the first row is complete only once the last column is read.
  if (array.fortranOrder && rows > 1 && columns > 1) {
    yield new NumberRows(await wholeOf(array, watch), rows, columns, 1, { column: rows, row: 1 });
    return;
  }
  let rest: ArrayNumbers = array.sample;
  let read = 0;
  for await (const piece of numbersIn(array, watch)) {
    const numbers = rest.length === 0 ? piece : joined(rest, piece);
    const whole = columns === 0 ? 0 : Math.floor(numbers.length / columns);
    if (whole > 0) yield new NumberRows(numbers, whole, columns, read + 1, { column: 1, row: columns });
    read += whole;
    rest = numbers.slice(whole * columns);
  }
}

async function wholeOf(array: NpyArray, watch: ReadingWatch): Promise<Float64Array> {
  const all = new Float64Array(sizeOf(array));
  let filled = 0;
  for await (const piece of numbersIn(array, watch)) {
    all.set(piece, filled);
    filled += piece.length;
  }
  return all;
}

function joined(one: ArrayNumbers, other: ArrayNumbers): Float64Array {
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Rows of numbers; `steps` are the distances in memory between columns and between rows. */
class NumberRows implements Rows {
  constructor(
    readonly numbers: ArrayNumbers,
    readonly rows: number,
    readonly columns: number,
    readonly firstLine: number,
    readonly steps: { readonly column: number; readonly row: number },
  ) {}

  each(visit: (cells: Cells, line: number) => void): void {
    const { numbers, rows, columns, firstLine, steps } = this;
    let start = 0;
    const at = (cell: number): number => numbers[start + cell * steps.column] ?? Number.NaN;
    const cells: Cells = {
      count: columns,
      text: (cell) => String(at(cell)),
      number: (cell) => usableNumber(at(cell)),
    };
    for (let row = 0; row < rows; row++) {
      start = row * steps.row;
      visit(cells, firstLine + row);
    }
  }
}

function npySource(array: NpyArray, watch: ReadingWatch): ArraySource {
  const { path, shape, sample, fortranOrder } = array;
  return {
    path,
    shape,
    storage: storageFor(sample),
    readInto: async (target, at) => {
      let filled = 0;
      for await (const numbers of numbersIn(array, watch)) {
        if (!fortranOrder || shape.length < 2) target.set(numbers, at + filled);
        else
          for (let i = 0; i < numbers.length; i++)
            target[at + rowMajor(shape, filled + i)] = numbers[i] ?? Number.NaN;
        filled += numbers.length;
      }
    },
  };
}

function storageFor(numbers: ArrayNumbers): NumberStorage {
  if (numbers instanceof Uint8Array) return 'bytes';
  return numbers instanceof Float32Array ? 'floats' : 'doubles';
}

/** The row-major index of the i-th number of an array whose first index runs fastest. */
function rowMajor(shape: readonly number[], i: number): number {
  let rest = i;
  let index = 0;
  let step = shape.reduce((product, length) => product * length, 1);
  for (const length of shape) {
    step /= length;
    index += (rest % length) * step;
    rest = Math.floor(rest / length);
  }
  return index;
}

export const NPY: FileFormat = {
  name: 'an NPY file',
  title: 'NPY',
  matches: (start) => start.toString('latin1', 0, 6) === '\x93NUMPY',
  canBePacked: true,
  readRows: (path, { watch }) => npyRows(path, watch),
  openArray: async (path, watch) => npySource(await openNpy(path), watch),
};
