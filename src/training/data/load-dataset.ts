import { type DataOptions, splitColumnOf } from '../data-options.js';
import { assemble } from './assemble.js';
import { assembleArrays } from './assemble-arrays.js';
import type { Dataset } from './dataset.js';
import { filesOf } from './file-pattern.js';
import { generate } from './generate.js';
import type { ReadingWatch } from './read-bytes.js';
import { readTable } from './read-table.js';
import type { Table } from './table.js';
import { dataError, placed } from './wording.js';

/**
 * Reads or makes the data of a campaign. `seed` is the campaign's; only generated sets depend on it. `watch`
 * hears how far the reading is. Throws FitfirstError DATA_INVALID, whose message says where in which file,
 * what was found, what was expected and what to do; or ColumnMistakes where the table shows that the options of
 * its columns are wrong.
 */
export async function loadDataset(
  options: DataOptions,
  seed: number,
  watch: ReadingWatch = () => {},
): Promise<Dataset> {
  const { source, header, drop } = options;
  switch (source.kind) {
    case 'generated':
      return generate(source, options, seed);
    case 'arrays':
      return assembleArrays(source, source.test, options, watch);
    case 'table': {
      const target = options.target;
      const { delimiter } = source;
      const paths = await filesOf(source.paths);
      if (target === null) {
        throw dataError(
          `${placed(paths[0] ?? '', 1, 1)}  found no target in the config, expected one. Give the column to predict: target: -1 is the last.`,
        );
      }
      const apart = splitColumnOf(options.split);
      const table = await readTable(
        { paths, delimiter, header, target, drop, apart, columns: options.columns, like: null },
        watch,
      );
      if (source.test === null) return assemble(table, null, options);
      const test = await readTable(
        {
          paths: await filesOf(source.test),
          delimiter,
          header: table.hasHeader,
          target: table.target.index,
          drop: drop.map((reference) => placeOf(reference, table)),
          apart: table.apart?.index ?? null,
          columns: [],
          like: table,
        },
        watch,
      );
      return assemble(table, test, options);
    }
    default:
      return source satisfies never;
  }
}

/** A test file has the columns of the training file, and a header line where that has one. */
function placeOf(reference: string | number, table: Table): string | number {
  if (typeof reference === 'string') return table.header?.indexOf(reference.trim()) ?? 0;
  return reference;
}
