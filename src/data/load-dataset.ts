import { buildArrayDataset } from './build/build-array-dataset.js';
import { buildDataset } from './build/build-dataset.js';
import type { Dataset } from './dataset.js';
import { dataError, FoundDiagnostics, together } from './diagnostics.js';
import type { DataOptions, DataSource } from './options.js';
import { existing, filesOf } from './sources/file-pattern.js';
import { fileSource } from './sources/formats.js';
import { generate } from './sources/generated/generate.js';
import { memoryColumns, memorySource } from './sources/memory-rows.js';
import type { ReadingWatch } from './sources/read-bytes.js';
import type { RowSource } from './sources/row-source.js';
import { checkReferences, readTable } from './table/read-table.js';
import type { Table } from './table/table.js';
import type { TableRequest } from './table/table-start.js';

/**
 * Reads or generates the data of a campaign. `seed` is the seed of the campaign; only generated sets depend on it.
 * `watch` is called with the progress of reading. Throws DATA_INVALID with the place, what was found, what was
 * expected and what to do, or DataDiagnostics if several things or the options are wrong.
 */
export async function loadDataset(
  options: DataOptions,
  seed: number,
  watch: ReadingWatch = () => {},
): Promise<Dataset> {
  const { source } = options;
  switch (source.kind) {
    case 'generated':
      return generate(source, options, seed);
    case 'arrays':
      await checkArrayFiles(source);
      return buildArrayDataset(source, source.test, options, watch);
    case 'table':
    case 'rows':
      return loadTable(await tableSources(source), options, watch);
    default:
      return source satisfies never;
  }
}

/**
 * Checks that the files and columns that the options name exist; reads only the first line of a table. Throws
 * DataDiagnostics, or DATA_INVALID if that line cannot be read.
 */
export async function checkNames(options: DataOptions): Promise<void> {
  const { source } = options;
  switch (source.kind) {
    case 'generated':
      return;
    case 'arrays':
      return checkArrayFiles(source);
    case 'table':
    case 'rows':
      return checkReferences(trainingRequest((await tableSources(source)).training, options));
    default:
      return source satisfies never;
  }
}

/** The sources of the rows of a table. */
interface TableSources {
  readonly training: readonly RowSource[];
  /** null if no rows are given for the test. */
  readonly test: readonly RowSource[] | null;
}

async function tableSources(source: Extract<DataSource, { kind: 'table' | 'rows' }>): Promise<TableSources> {
  const { kind, test } = source;
  const found = new FoundDiagnostics();
  if (kind === 'rows') {
    const training = found.try(() => memorySource(source.training, ['data', 'rows']));
    // The columns of the training rows decide the order of the cells, whatever the order of keys in the test rows.
    const columns = memoryColumns(source.training);
    const testRows =
      test &&
      found.try(() => memorySource({ rows: test.rows, columns: test.columns ?? columns }, ['data', 'test']));
    found.throwIfAny();
    return { training: training === null ? [] : [training], test: testRows && [testRows] };
  }
  const training = (await found.wait(filesOf(source.paths, ['data', 'path']))) ?? [];
  const testFiles = test && (await found.wait(filesOf(test, ['data', 'test'])));
  found.throwIfAny();
  const sourceOf = (path: string): RowSource => fileSource(path, source);
  return { training: training.map(sourceOf), test: testFiles?.map(sourceOf) ?? null };
}

async function loadTable(
  { training, test }: TableSources,
  options: DataOptions,
  watch: ReadingWatch,
): Promise<Dataset> {
  const table = await readTable(trainingRequest(training, options), watch);
  return buildDataset(table, test && (await readTest(test, table, watch)), options);
}

async function checkArrayFiles({ images, labels, test }: Extract<DataSource, { kind: 'arrays' }>) {
  const found = new FoundDiagnostics();
  await found.wait(existing(images, ['data', 'images']));
  await found.wait(existing(labels, ['data', 'labels']));
  if (test !== null) {
    await found.wait(existing(test.images, ['data', 'test', 'images']));
    await found.wait(existing(test.labels, ['data', 'test', 'labels']));
  }
  found.throwIfAny();
}

function trainingRequest(
  sources: readonly RowSource[],
  { header, target, drop, split, columns, missingValues }: DataOptions,
): TableRequest {
  if (target === null) {
    throw dataError(
      `${sources[0]?.placeOf(1, 1)}  found no target in the config, expected one. Give the ` +
        'column to predict: target: -1 is the last.',
    );
  }
  const request = { target, drop, split, columns, ...(missingValues && { missingValues }) };
  return { sources, header, columns: request };
}

async function readTest(sources: readonly RowSource[], table: Table, watch: ReadingWatch): Promise<Table> {
  try {
    return await readTable({ sources, header: table.hasHeader, columns: table }, watch);
  } catch (error) {
    throw together(table.diagnostics, error);
  }
}
