import { buildArrayDataset } from './build/build-array-dataset.js';
import { buildDataset } from './build/build-dataset.js';
import type { Dataset } from './dataset.js';
import { dataError, FoundDiagnostics, formatPlace, together } from './diagnostics.js';
import type { DataOptions, DataSource } from './options.js';
import { existing, filesOf } from './sources/file-pattern.js';
import { generate } from './sources/generate.js';
import type { ReadingWatch } from './sources/read-bytes.js';
import { checkReferences, readTable } from './table/read-table.js';
import type { Table } from './table/table.js';
import type { TableRequest } from './table/table-start.js';

/**
 * Reads or makes the data of a campaign. `seed` is the campaign's; only generated sets depend on it. `watch`
 * hears how far the reading is. Throws FitfirstError DATA_INVALID, whose message says where in which file,
 * what was found, what was expected and what to do; or DataMistakes, where that or what the options say is wrong.
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
    case 'table': {
      const files = await filesOfTable(source);
      const table = await readTable(trainingRequest(files.training, source, options), watch);
      const test = files.test === null ? null : await readTest(files.test, source, table, watch);
      return buildDataset(table, test, options);
    }
    default:
      return source satisfies never;
  }
}

/**
 * Looks up what the options name, files and columns, and reads no more than a first line. Throws DataMistakes, or DATA_INVALID
 * where that line cannot be read.
 */
export async function checkNames(options: DataOptions): Promise<void> {
  const { source } = options;
  switch (source.kind) {
    case 'generated':
      return;
    case 'arrays':
      return checkArrayFiles(source);
    case 'table': {
      const { training } = await filesOfTable(source);
      return checkReferences(trainingRequest(training, source, options));
    }
    default:
      return source satisfies never;
  }
}

type TableSource = Extract<DataSource, { kind: 'table' }>;

interface TableFiles {
  readonly training: readonly string[];
  readonly test: readonly string[] | null;
}

async function filesOfTable({ paths, test }: TableSource): Promise<TableFiles> {
  const found = new FoundDiagnostics();
  const files = {
    training: (await found.wait(filesOf(paths, ['data', 'path']))) ?? [],
    test: test && (await found.wait(filesOf(test, ['data', 'test']))),
  };
  found.throwIfAny();
  return files;
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
  paths: readonly string[],
  { delimiter }: TableSource,
  { header, target, drop, split, columns }: DataOptions,
): TableRequest {
  if (target === null) {
    throw dataError(
      `${formatPlace(paths[0] ?? '', 1, 1)}  found no target in the config, expected one. Give the column to predict: target: -1 is the last.`,
    );
  }
  return { paths, delimiter, header, columns: { target, drop, split, columns } };
}

async function readTest(
  paths: readonly string[],
  { delimiter }: TableSource,
  table: Table,
  watch: ReadingWatch,
): Promise<Table> {
  const request = { paths, delimiter, header: table.hasHeader, columns: table };
  try {
    return await readTable(request, watch);
  } catch (error) {
    throw together(table.mistakes, error);
  }
}
