import { describe, expect, it } from 'vitest';
import { formatCondition, parseFilter } from '../../../src/views/selection/parse-filter.js';
import { selectionRequest, selectRows } from '../../../src/views/selection/select-rows.js';
import { columnsOf } from '../../../src/views/selection/selection-table.js';
import type { CsvRow } from '../../../src/views/tables/csv-text.js';

const names = ['trial', 'state', 'hidden', 'my rate'];
const cells: CsvRow[] = [
  [1, 'finished', 8, 0.1],
  [2, 'failed', 16, null],
  [3, 'finished', 32, 0.02],
  [4, 'diverged', 8, 0.3],
];
const table = {
  columns: columnsOf(names, cells),
  rows: cells.map((row) => ({ cells: row, item: row[0] })),
};
const selected = (query: string) => selectRows(table, selectionRequest(new URLSearchParams(query)));
const trials = (query: string) => selected(query).rows.map(({ item }) => item);

describe('a selection of rows', () => {
  it('filters by conditions on columns and by words', () => {
    expect(trials('')).toEqual([1, 2, 3, 4]);
    expect(trials('q=hidden>=16')).toEqual([2, 3]);
    expect(trials('q=state=failed|diverged')).toEqual([2, 4]);
    expect(trials('q=state!=finished hidden<10')).toEqual([4]);
    expect(trials('q=FIN')).toEqual([1, 3]);
    expect(trials('q="my rate"<0.2')).toEqual([1, 3]);
    expect(trials('q=hidden=8|32 state=finished')).toEqual([1, 3]);
  });

  it('sorts by a column, with missing values last in either direction', () => {
    expect(trials('sort=my rate:ascending')).toEqual([3, 1, 4, 2]);
    expect(trials('sort=my rate:descending')).toEqual([4, 1, 3, 2]);
    expect(trials('sort=state:ascending')).toEqual([4, 2, 1, 3]);
    expect(trials('sort=nothing:ascending')).toEqual([1, 2, 3, 4]);
  });

  it('shows the chosen columns, or all of them', () => {
    const shown = (query: string) => selected(query).shown.map(({ column }) => column.name);
    expect(shown('column=hidden&column=trial')).toEqual(['trial', 'hidden']);
    expect(shown('column=gone')).toEqual(names);
  });

  it('says what of a filter it cannot use, and selects by the rest', () => {
    const { rows, problems } = selected('q=hiden>=8 hidden>=many state= hidden<10');
    expect(rows.map(({ item }) => item)).toEqual([1, 4]);
    expect(problems).toEqual([
      'There is no column "hiden". Did you mean hidden?',
      'hidden>=many: expected a number after >=.',
      'state=: expected a value after =.',
    ]);
  });

  it('reads the conditions that it writes, whatever the names', () => {
    const condition = formatCondition('my rate', '>=', '0.1');
    const { matches } = parseFilter(condition, table.columns);
    expect(cells.filter(matches).map(([trial]) => trial)).toEqual([1, 4]);
  });
});
