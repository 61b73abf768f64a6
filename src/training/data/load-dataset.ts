import type { DataOptions } from '../data-options.js';
import { assemble } from './assemble.js';
import type { Dataset } from './dataset.js';
import { generate } from './generate.js';
import { readTable } from './read-table.js';
import type { Table } from './table.js';
import { dataError, placed } from './wording.js';

/**
 * Reads or makes the data of a campaign. `seed` is the campaign's; only generated sets depend on it. Throws
 * FitfirstError DATA_INVALID, whose message says where in which file, what was found, what was expected and
 * what to do.
 */
export async function loadDataset(options: DataOptions, seed: number): Promise<Dataset> {
  const { source, header, drop } = options;
  switch (source.kind) {
    case 'generated':
      return generate(source, options, seed);
    case 'csv': {
      const target = options.target;
      if (target === null) {
        throw dataError(
          `${placed(source.path, 1, 1)}  found no target in the config, expected one. Give the column to predict: target: -1 is the last.`,
        );
      }
      const table = await readTable({ path: source.path, header, target, drop, like: null });
      const test = source.test === null ? null : await readTestTable(source.test, table, drop);
      return assemble(table, test, options);
    }
    default:
      return source satisfies never;
  }
}

/** A test file has the columns of the training file, and a header line where that has one. */
function readTestTable(path: string, table: Table, drop: DataOptions['drop']): Promise<Table> {
  return readTable({
    path,
    header: table.hasHeader,
    target: table.target.index,
    drop: drop.map((reference) => {
      if (typeof reference === 'string') return table.header?.indexOf(reference.trim()) ?? 0;
      return reference;
    }),
    like: table,
  });
}
