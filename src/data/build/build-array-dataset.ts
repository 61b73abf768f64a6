import { machineMemory } from '../../platform/machine-memory.js';
import { formatCount, formatWhole } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import type { Dataset, SourceColumn } from '../dataset.js';
import { dataError } from '../diagnostics.js';
import type { ArrayFiles, DataOptions } from '../options.js';
import { sharedNumbers, sharedNumbersOf } from '../shared-numbers.js';
import type { ArraySource } from '../sources/file-format.js';
import { openArray } from '../sources/formats.js';
import type { ReadingWatch } from '../sources/read-bytes.js';
import { MAX_CATEGORIES } from '../table/table.js';
import { finalizeDataset } from './finalize-dataset.js';
import { areClasses } from './target.js';

/** The arrays of inputs and of targets, with the same number of rows. */
interface ArrayPair {
  readonly images: ArraySource;
  readonly labels: ArraySource;
  readonly rows: number;
}

/**
 * Builds a data set from files of arrays: every number of an image is an input. Bytes stay bytes in memory, so that
 * 60,000 images of 784 pixels take 47 MB. Throws DATA_INVALID.
 */
export async function buildArrayDataset(
  files: ArrayFiles,
  testFiles: ArrayFiles | null,
  options: DataOptions,
  watch: ReadingWatch,
): Promise<Dataset> {
  const training = await openPair(files, watch);
  const test = testFiles === null ? null : await openPair(testFiles, watch);
  const shape = training.images.shape.slice(1);
  const inputs = shape.reduce((product, length) => product * length, 1);
  if (test !== null) refuseOtherImages(training.images, test.images);
  const pairs = test === null ? [training] : [training, test];
  const rows = pairs.reduce((sum, pair) => sum + pair.rows, 0);
  const { storage } = training.images;
  const x = sharedNumbersOf(storage, rows, inputs, machineMemory());
  const y = sharedNumbers(rows, 1, machineMemory());
  let row = 0;
  for (const pair of pairs) {
    await pair.images.readInto(x, row * inputs);
    await pair.labels.readInto(y, row);
    refuseUnusable(pair.images, x, row * inputs, (row + pair.rows) * inputs);
    refuseUnusable(pair.labels, y, row, row + pair.rows);
    row += pair.rows;
  }
  const { task, classes } = targetOf(y, training, test, options.task);
  const columns = columnsOf(shape, inputs);
  return finalizeDataset(
    {
      task,
      rows,
      inputs,
      x,
      y,
      classes,
      target: 'label',
      columns,
      fills: columns.map(() => null),
      testFrom: training.rows,
      split: options.split,
      standardize: options.standardize,
      unseen: options.unseen,
      missingCells: {},
      unseenCells: {},
      sortedTexts: [],
      droppedRows: 0,
    },
    files.images,
  );
}

async function openPair(files: ArrayFiles, watch: ReadingWatch): Promise<ArrayPair> {
  const images = await openArray(files.images, watch);
  const labels = await openArray(files.labels, watch);
  const rows = images.shape[0] ?? 0;
  const lengths = labels.shape.slice(1);
  if (lengths.some((length) => length !== 1)) {
    throw dataError(
      `${escapeControls(files.labels)}  found labels of the shape ${labels.shape.join(' x ')}, ` +
        'expected one a row. Are images and labels mixed up?',
    );
  }
  if ((labels.shape[0] ?? 0) !== rows) {
    throw dataError(
      `${escapeControls(files.labels)}  found ${formatCount(labels.shape[0] ?? 0, 'label')}, ` +
        `expected ${formatWhole(rows)} as there are images in ${escapeControls(files.images)}. ` +
        'Are these files of the same part?',
    );
  }
  if (rows === 0 || images.shape.slice(1).includes(0)) {
    throw dataError(`${escapeControls(files.images)}  found no images, expected some.`);
  }
  return { images, labels, rows };
}

function refuseOtherImages(training: ArraySource, test: ArraySource): void {
  const [expected, found] = [training, test].map((source) => source.shape.slice(1).join(' x '));
  if (expected !== found || training.storage !== test.storage) {
    throw dataError(
      `${escapeControls(test.path)}  found rows of ${found} numbers (${test.storage}), ` +
        `expected ${expected} (${training.storage}) as in ${escapeControls(training.path)}.`,
    );
  }
}

/** Throws DATA_INVALID for numbers that are not finite or too large: arrays have no missing cells. */
function refuseUnusable(source: ArraySource, numbers: ArrayLike<number>, from: number, end: number): void {
  if (source.storage === 'bytes') return;
  for (let i = from; i < end; i++) {
    const value = numbers[i] ?? Number.NaN;
    if (Math.abs(value) <= 1e150) continue;
    const row = Math.floor(((i - from) * (source.shape[0] ?? 1)) / (end - from));
    throw dataError(
      `${escapeControls(source.path)}  found ${value} in row ${row + 1}, expected a number ` +
        'between -1e150 and 1e150. Fill or leave out such rows.',
    );
  }
}

/**
 * Resolves the task and its classes. For classification, replaces the labels in `y` by the indices of their classes.
 */
function targetOf(y: Float64Array, training: ArrayPair, test: ArrayPair | null, task: DataOptions['task']) {
  const numbers = new Set<number>();
  for (const value of y.subarray(0, training.rows)) {
    numbers.add(value);
    if (numbers.size > MAX_CATEGORIES) break;
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  const { path } = training.labels;
  if (sorted.length === 1) {
    throw dataError(
      `${escapeControls(path)}  found the same label ${sorted[0]} in every row, expected several.`,
    );
  }
  if (task === 'regression' || (task === null && !areClasses(sorted.map(String), training.rows))) {
    return { task: 'regression' as const, classes: null };
  }
  if (sorted.length > MAX_CATEGORIES) {
    throw dataError(
      `${escapeControls(path)}  found more than ` +
        `${formatCount(MAX_CATEGORIES, 'class', 'classes')}. If labels are numbers to predict, ` +
        'set task: regression.',
    );
  }
  const indices = new Map(sorted.map((value, index) => [value, index]));
  for (const [row, value] of y.entries()) {
    const index = indices.get(value);
    if (index === undefined) {
      throw dataError(
        `${escapeControls(test?.labels.path ?? path)}  found the class ${value} in row ` +
          `${row - training.rows + 1}, expected one of the ${sorted.length} of ` +
          `${escapeControls(path)}.`,
      );
    }
    y[row] = index;
  }
  return { task: 'classification' as const, classes: sorted.map(String) };
}

/** The column of each pixel, named after its indices (`pixel 3,14`), from 0. */
function columnsOf(shape: readonly number[], inputs: number): SourceColumn[] {
  return Array.from({ length: inputs }, (_, input) => {
    const indices: number[] = [];
    let rest = input;
    for (const length of shape.toReversed()) {
      indices.unshift(rest % length);
      rest = Math.floor(rest / length);
    }
    const name = shape.length > 1 ? `pixel ${indices.join(',')}` : `column ${input}`;
    return { kind: 'number', name, index: input, input };
  });
}
