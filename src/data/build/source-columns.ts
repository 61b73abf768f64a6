import type { FillRule } from '../column-options.js';
import { type Dataset, type SourceColumn, widthOf } from '../dataset.js';
import type { DataOptions } from '../options.js';
import { categoriesOf, inOrder, readsAsNumber, topCategories } from '../table/categories.js';
import { kindOf } from '../table/column-kind.js';
import type { Table, TableColumn } from '../table/table.js';
import type { MissingPolicies } from './missing-cells.js';

/** Decides how the columns of a table become inputs and how their missing cells are filled. */
export function sourceColumns(
  table: Table,
  options: DataOptions,
  policies: MissingPolicies,
): Pick<Dataset, 'columns' | 'fills' | 'sortedTexts'> {
  const columns: SourceColumn[] = [];
  const fills: (FillRule | null)[] = [];
  const sortedTexts: string[] = [];
  let input = 0;
  const add = (column: SourceColumn, fill: FillRule | null): void => {
    columns.push(column);
    fills.push(fill);
    input += widthOf(column);
  };
  for (const column of table.columns) {
    const made = sourceColumn(table, column, input);
    const fill = fillOf(made, policies.get(column.index) ?? options.missing);
    add(made, fill);
    const isAsked = column.options?.indicator ?? (options.indicator && column.missing > 0);
    if (isAsked && fill !== null) add({ kind: 'indicator', ...positionOf(column, input) }, null);
    if (
      made.kind === 'ordinal' &&
      column.options?.order === undefined &&
      !made.categories.every(readsAsNumber)
    ) {
      sortedTexts.push(column.name);
    }
  }
  return { columns, fills, sortedTexts };
}

function positionOf(
  { name, index, missingValues, unit }: TableColumn,
  input: number,
): Pick<SourceColumn, 'name' | 'index' | 'input' | 'missingValues' | 'unit'> {
  return {
    name,
    index,
    input,
    ...(missingValues.length > 0 && { missingValues }),
    ...(unit !== null && { unit }),
  };
}

function sourceColumn(table: Table, column: TableColumn, input: number): SourceColumn {
  const position = positionOf(column, input);
  if (kindOf(column) === 'number') return { kind: 'number', ...position };
  const { as, order, maxCategories, unseen } = column.options ?? {};
  const own = unseen === undefined ? {} : { unseen };
  if (as === 'ordinal') {
    return {
      kind: 'ordinal',
      ...position,
      categories: order ?? inOrder(categoriesOf(table, column)),
      ...own,
    };
  }
  const categories =
    maxCategories === undefined ? categoriesOf(table, column) : topCategories(table, column, maxCategories);
  return { kind: 'category', ...position, categories: [...categories].sort(), ...own };
}

/** One-hot columns have neither mean nor median. */
function fillOf(column: SourceColumn, policy: DataOptions['missing']): FillRule | null {
  if (policy === 'error' || policy === 'drop') return null;
  return column.kind === 'category' ? 'most_frequent' : policy;
}
