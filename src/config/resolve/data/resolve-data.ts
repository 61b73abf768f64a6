import { resolve } from 'node:path';
import type { DataOptions, DataSource, SplitOptions } from '../../../data/options.js';
import type { NumberNotation } from '../../../data/sources/csv/number-notation.js';
import type { Checks } from '../../diagnostics/checks.js';
import type { DataInput } from '../../schema/data-schema.js';
import { resolveColumns } from './resolve-columns.js';
import { resolveMissingValues } from './resolve-missing-values.js';

type TableInput = Extract<DataInput, { path: unknown }>;

/** Data that are no table have neither missing cells nor texts. */
const nothingOfColumns = { missing: 'error', indicator: false, unseen: 'ignore', columns: [] } as const;

/** The section `data` with everything said; paths become absolute from the folder of the config. */
export function resolveData(input: DataInput, folder: string, checks: Checks): DataOptions {
  const { standardize } = input;
  if ('generate' in input) {
    const { split, standardize: _, ...made } = input;
    return {
      source: { kind: 'generated', ...made },
      target: null,
      header: null,
      drop: [],
      ...nothingOfColumns,
      task: 'classification',
      split: readSplit(split, false, checks),
      standardize,
    };
  }
  if ('images' in input) return readArrays(input, folder, checks);
  const paths = listed(input.path).map((path) => resolve(folder, path));
  const test = input.test === undefined ? null : listed(input.test).map((path) => resolve(folder, path));
  const skipLines = skippedLines(input.skip_lines ?? []);
  const source: DataSource = {
    kind: 'table',
    paths,
    test,
    delimiter: input.delimiter ?? null,
    ...(skipLines.length > 0 && { skipLines }),
    ...resolveNotation(input, checks),
  };
  if (test?.some((path) => paths.includes(path)))
    checks.report(
      ['data', 'test'],
      'data.test is the same file as data.path; a network must not be tested on rows that it learned from.',
    );
  const missingValues = resolveMissingValues(input.missing_values ?? [], ['data', 'missing_values'], checks);
  return {
    source,
    target: input.target,
    header: input.header ?? null,
    drop: input.drop,
    missing: input.missing,
    ...(missingValues.length > 0 && { missingValues }),
    indicator: input.indicator,
    task: input.task ?? null,
    split: readSplit(input.split, test !== null, checks),
    standardize,
    unseen: input.unseen,
    columns: resolveColumns(input, checks),
  };
}

/** A number means the first lines. */
function skippedLines(lines: number | readonly number[]): readonly number[] {
  return typeof lines === 'number' ? Array.from({ length: lines }, (_, i) => i + 1) : lines;
}

function resolveNotation(
  { decimal = 'point', thousands }: Pick<TableInput, 'decimal' | 'thousands'>,
  checks: Checks,
): { readonly notation?: NumberNotation } {
  if (decimal === thousands)
    checks.report(
      ['data', 'thousands'],
      `data.thousands is ${thousands}, which is the decimal sign, too. Remove it, or set decimal to the other sign.`,
    );
  return decimal === 'point' && thousands === undefined
    ? {}
    : { notation: { decimal, thousands: thousands ?? null } };
}

function readArrays(
  input: Extract<DataInput, { images: string }>,
  folder: string,
  checks: Checks,
): DataOptions {
  const filesOf = ({ images, labels }: { images: string; labels: string }) => ({
    images: resolve(folder, images),
    labels: resolve(folder, labels),
  });
  const test = input.test === undefined ? null : filesOf(input.test);
  const source: DataSource = { kind: 'arrays', ...filesOf(input), test };
  if (test?.images === source.images)
    checks.report(
      ['data', 'test'],
      'data.test has the same images as data; a network must not be tested on rows that it learned from.',
    );
  return {
    source,
    target: null,
    header: null,
    drop: [],
    ...nothingOfColumns,
    task: input.task ?? null,
    split: readSplit(input.split, test !== null, checks),
    standardize: input.standardize,
  };
}

function listed(paths: string | readonly string[]): readonly string[] {
  return typeof paths === 'string' ? [paths] : paths;
}

/** A test share is not used where a file gives the test rows. */
function readSplit(split: DataInput['split'], hasTestFile: boolean, checks: Checks): SplitOptions {
  if (split === 'none') {
    if (hasTestFile)
      checks.report(
        ['data', 'split'],
        'data.split is none, so that all parts are the same rows, but data.test names test rows. ' +
          'Leave one of them out.',
      );
    return { kind: 'none' };
  }
  if ('column' in split) {
    if (hasTestFile)
      checks.report(
        ['data', 'test'],
        'data.split takes the parts from a column, but data.test names test rows. Leave one of them out.',
      );
    return { kind: 'column', column: split.column };
  }
  const test = hasTestFile ? 0 : split.test;
  if ('folds' in split) return { kind: 'folds', folds: split.folds, test };
  const { validation } = split;
  if (validation + test >= 1)
    checks.report(
      ['data', 'split'],
      `the shares of data.split leave nothing to train on: validation ${validation} and test ` +
        `${test}; expected a sum below 1.`,
    );
  if ('group' in split) return { kind: 'group', column: split.group, validation, test };
  if ('time' in split) return { kind: 'time', column: split.time, validation, test };
  return { kind: 'shares', validation, test };
}
