import { parseCell } from './cell.js';
import { categoryAt, forEachRow, type Table, type TableColumn } from './table.js';

/** The distinct categories of a column, in order of first appearance. */
export function categoriesOf(table: Table, column: TableColumn): ReadonlySet<string> {
  if (column.numbers === 0) return new Set(column.distinctTexts);
  return new Set(categoryCounts(table, column).keys());
}

/** The most frequent categories of a column, at most `max`. Equally frequent ones come in sort order. */
export function topCategories(table: Table, column: TableColumn, max: number): string[] {
  return [...categoryCounts(table, column)]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, max)
    .map(([category]) => category);
}

/** Sorts categories: numbers by value, then texts in sort order. */
export function inOrder(categories: Iterable<string>): string[] {
  const numbers: string[] = [];
  const texts: string[] = [];
  for (const category of categories) (readsAsNumber(category) ? numbers : texts).push(category);
  return [...numbers.sort((a, b) => Number(a) - Number(b)), ...texts.sort()];
}

/** Whether a category is a number in its shortest form. */
export function readsAsNumber(category: string): boolean {
  return parseCell(category).kind === 'number';
}

function categoryCounts(table: Table, column: TableColumn): Map<string, number> {
  const counts = new Map<string, number>();
  forEachRow(table, (block, offset) => {
    const category = categoryAt(block, column, offset + column.slot);
    if (category !== null) counts.set(category, (counts.get(category) ?? 0) + 1);
  });
  return counts;
}

/** A column with more categories gets a warning. */
export const MANY_CATEGORIES = 50;

/** The number of categories that `init` proposes to keep if there are many. */
export const FEW_CATEGORIES = 20;
