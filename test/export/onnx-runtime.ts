import { createRequire } from 'node:module';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { fileName } from '../../src/data/sources/row-source.js';
import type { Row } from '../../src/data/sources/rows.js';
import { categoryOfNumber, parseCell } from '../../src/data/table/cell.js';
import type { SavedNetwork } from '../../src/mlp/network-file.js';
import { layoutOf } from '../../src/mlp/prediction/row-layout.js';

/**
 * The runtime's WebAssembly, or the native one that FITFIRST_ONNXRUNTIME names: onnxruntime-node is too large for
 * everybody's `npm ci`, and its installation would download more.
 */
const runtime: typeof import('onnxruntime-web') =
  process.env.FITFIRST_ONNXRUNTIME === undefined
    ? await import('onnxruntime-web')
    : createRequire(import.meta.url)(process.env.FITFIRST_ONNXRUNTIME);

/** A model in ONNX Runtime, which knows nothing of this project. */
type Runtime = InferenceSession;

/** What it says of some rows. */
interface RuntimeAnswers {
  /** Class names; null for numbers. */
  readonly labels: readonly string[] | null;
  /** rows x classes, or one a row. */
  readonly values: Float64Array;
}

/** Loads a model into ONNX Runtime. */
export function openModel(onnx: Uint8Array): Promise<Runtime> {
  return runtime.InferenceSession.create(onnx);
}

/** Cells of a column: numbers, NaN for one that is missing, or texts. */
type ColumnCells = readonly number[] | readonly string[];

/** Runs a model on columns by name. */
export async function run(
  model: Runtime,
  columns: ReadonlyMap<string, ColumnCells>,
): Promise<RuntimeAnswers> {
  const feeds: Record<string, Tensor> = {};
  for (const [name, cells] of columns) feeds[name] = tensorOf(cells);
  const results = Object.values(await model.run(feeds));
  const values = results.map((tensor) => tensor.data).find((data) => data instanceof Float64Array);
  if (values === undefined) throw new Error('the model gives no numbers in double precision');
  const labels = results.find((tensor) => tensor.type === 'string')?.data;
  return { labels: Array.isArray(labels) ? labels.map(String) : null, values };
}

function tensorOf(cells: ColumnCells): Tensor {
  const shape = [cells.length, 1];
  return cells.every((cell) => typeof cell === 'number')
    ? new runtime.Tensor('float64', Float64Array.from(cells), shape)
    : new runtime.Tensor('string', cells.map(String), shape);
}

/** The cells of each column as a person would hand them to the model: header line and other columns left away. */
export function columnsOf(network: SavedNetwork, rows: readonly Row[]): Map<string, ColumnCells> {
  const { preparation } = network;
  const [first] = rows;
  if (first === undefined) throw new Error('there are no rows');
  const layout = layoutOf({ source: fileName('table'), ...first }, preparation, 0);
  const below = layout.hasHeader ? rows.slice(1) : rows;
  return new Map(
    preparation.columns.flatMap((column, i): [string, ColumnCells][] => {
      // An indicator has no cells of its own.
      if (column.kind === 'indicator') return [];
      const cells = below.map((row) => parseCell(row.cells[layout.cells[i] ?? 0] ?? ''));
      if (column.kind === 'number') {
        return [[column.name, cells.map((cell) => (cell.kind === 'number' ? cell.value : Number.NaN))]];
      }
      const texts = cells.map((cell) => {
        if (cell.kind === 'missing') return '';
        return cell.kind === 'number' ? categoryOfNumber(cell.value) : cell.text;
      });
      return [[column.name, texts]];
    }),
  );
}
