/**
 * Predicts a table with ONNX Runtime as a careful user would: the columns by name, a few thousand rows at a time,
 * answers as CSV to /dev/null.
 *
 *     node bench/predict-onnxruntime.js model.onnx table.csv
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { csvRows } from '../dist/training/data/csv-records.js';

const [modelPath = '', tablePath = ''] = process.argv.slice(2);
const imported = await import(process.env.ONNXRUNTIME ?? 'onnxruntime-web');
const { InferenceSession, Tensor } = imported.InferenceSession ? imported : imported.default;
const ROWS_AT_ONCE = 4096;

const session = await InferenceSession.create(new Uint8Array(await readFile(modelPath)));
const output = createWriteStream('/dev/null');
let header = null;

for await (const piece of csvRows(tablePath)) {
  let rows = piece;
  if (header === null) {
    header = rows[0].cells;
    rows = rows.slice(1);
  }
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    const feeds = {};
    for (const name of session.inputNames) {
      const at = header.indexOf(name);
      const shape = [some.length, 1];
      feeds[name] =
        name === 'colour'
          ? new Tensor(
              'string',
              some.map((row) => row.cells[at]),
              shape,
            )
          : new Tensor(
              'float64',
              Float64Array.from(some, (row) => Number(row.cells[at])),
              shape,
            );
    }
    const { label, probabilities } = await session.run(feeds);
    const classes = probabilities.dims[1];
    const lines = Array.from(
      label.data,
      (name, row) => `${name},${probabilities.data.subarray(row * classes, (row + 1) * classes).join(',')}\n`,
    );
    if (!output.write(lines.join(''))) await once(output, 'drain');
  }
}
