import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import type { Dataset } from '../../src/data/dataset.js';
import { loadDataset } from '../../src/data/load-dataset.js';
import type { DataOptions } from '../../src/data/options.js';

/** The options of a config that says nothing but path and target, the target being the last column. */
export const DEFAULTS: Omit<DataOptions, 'source'> = {
  target: -1,
  header: null,
  drop: [],
  missing: 'error',
  task: null,
  split: { kind: 'none' },
  standardize: true,
  unseen: 'ignore',
  indicator: false,
  columns: [],
};

/** A folder for the tables of all test files of this process. */
export const folder = mkdtempSync(join(inject('tablesFolder'), 'tables-'));

let files = 0;

/** Writes a file and returns its path. */
export function fileOf(content: string | Uint8Array, name = 'table.csv'): string {
  const path = join(folder, String(files++));
  mkdirSync(path);
  writeFileSync(join(path, name), content);
  return join(path, name);
}

export type Content = string | Uint8Array;

/** The data set that a file of this content becomes. */
export function load(content: Content, options: Partial<DataOptions> = {}, test?: Content): Promise<Dataset> {
  const source = {
    kind: 'table',
    paths: [fileOf(content)],
    test: test === undefined ? null : [fileOf(test, 'test.csv')],
    delimiter: null,
  } as const;
  return loadDataset({ ...DEFAULTS, ...options, source }, 7);
}

/** The message with which a file of this content, or what is said of it, is refused, without the folder's name. */
export async function refusal(
  content: Content,
  options: Partial<DataOptions> = {},
  test?: Content,
): Promise<string> {
  return refusalOf(load(content, options, test));
}

export async function refusalOf(loading: Promise<unknown>): Promise<string> {
  try {
    await loading;
  } catch (error) {
    if (error instanceof FitfirstError && /^(DATA|CONFIG)_INVALID$/.test(error.code)) {
      return error.message.replaceAll(new RegExp(`${folder}/\\d+/`, 'g'), '');
    }
    throw error;
  }
  throw new Error('the file was not refused');
}

/** The inputs, row by row. */
export function rowsOf(dataset: Dataset): number[][] {
  return Array.from({ length: dataset.rows }, (_, row) => [
    ...dataset.x.slice(row * dataset.inputs, (row + 1) * dataset.inputs),
  ]);
}

/** A name for every input: the column's, with its category where it is one-hot. */
export function inputNames({ columns }: Dataset): string[] {
  return columns.flatMap((column) => {
    switch (column.kind) {
      case 'category':
        return column.categories.map((name) => `${column.name}=${name}`);
      case 'indicator':
        return [`${column.name} missing`];
      case 'number':
      case 'ordinal':
        return [column.name];
      default:
        return column satisfies never;
    }
  });
}

/** The target of every row: its class's name, or the number. */
export function targetsOf(dataset: Dataset): (string | number)[] {
  return Array.from(dataset.y, (value) => dataset.classes?.[value] ?? value);
}
