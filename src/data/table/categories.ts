import { parseCell } from './cell.js';
import { categoryAt, forEachRow, type Table, type TableColumn } from './table.js';

/** The different categories of a column, in the order of their first appearance. */
export function categoriesOf(table: Table, column: TableColumn): ReadonlySet<string> {
  if (column.numbers === 0) return new Set(column.distinctTexts);
  return new Set(categoryCounts(table, column).keys());
}

/** The most frequent categories of a column, so many at most; of equally frequent ones, those that sort first. */
export function topCategories(table: Table, column: TableColumn, max: number): string[] {
  return [...categoryCounts(table, column)]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, max)
    .map(([category]) => category);
}

/** From the lowest: numbers by value, then texts as they sort. */
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

/** Categories of one column above which they are worth a warning. */
export const MANY_CATEGORIES = 50;

/** Categories that are proposed to have an input where there are many. */
export const FEW_CATEGORIES = 20;
