/**
 * Predicts a table with ONNX Runtime as a careful user would: the columns by name, a few thousand rows at a time,
 * answers as CSV to /dev/null.
 *
 *     node bench/predict-onnxruntime.js model.onnx table.csv
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { csvRows } from '../dist/data/sources/csv/csv-records.js';

const [modelPath = '', tablePath = ''] = process.argv.slice(2);
const imported = await import(process.env.ONNXRUNTIME ?? 'onnxruntime-web');
const { InferenceSession, Tensor } = imported.InferenceSession ? imported : imported.default;
const ROWS_AT_ONCE = 4096;

const session = await InferenceSession.create(new Uint8Array(await readFile(modelPath)));
const output = createWriteStream('/dev/null');
let places = null;

/** Answers some rows, given as a list of cells a column. */
async function answer(columns) {
  const feeds = {};
  session.inputNames.forEach((name, i) => {
    const cells = columns[i];
    const shape = [cells.length, 1];
    feeds[name] =
      name === 'colour'
        ? new Tensor('string', cells, shape)
        : new Tensor('float64', Float64Array.from(cells), shape);
  });
  const { label, probabilities } = await session.run(feeds);
  const classes = probabilities.dims[1];
  const lines = Array.from(
    label.data,
    (name, row) => `${name},${probabilities.data.subarray(row * classes, (row + 1) * classes).join(',')}\n`,
  );
  if (!output.write(lines.join(''))) await once(output, 'drain');
}

for await (const piece of csvRows(tablePath)) {
  const batches = [];
  piece.each((cells) => {
    if (places === null) {
      const header = Array.from({ length: cells.count }, (_, at) => cells.text(at));
      places = session.inputNames.map((name) => header.indexOf(name));
      return;
    }
    if (batches.length === 0 || batches.at(-1)[0].length === ROWS_AT_ONCE) batches.push(places.map(() => []));
    const batch = batches.at(-1);
    places.forEach((at, i) => {
      if (session.inputNames[i] === 'colour') {
        batch[i].push(cells.text(at));
        return;
      }
      const number = cells.number(at);
      batch[i].push(Number.isNaN(number) ? Number(cells.text(at) || Number.NaN) : number);
    });
  });
  for (const batch of batches) {
    await answer(batch);
  }
}
