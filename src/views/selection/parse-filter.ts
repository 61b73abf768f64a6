import { formatList } from '../../text/list.js';
import { nearestName } from '../../text/nearest-name.js';
import { quote } from '../../text/quote.js';
import type { Cell, CsvRow } from '../tables/csv-text.js';
import type { SelectionColumn } from './selection-table.js';

/** Which rows of a table are selected. */
export interface Filter {
  readonly matches: (cells: CsvRow) => boolean;
  /** Conditions that cannot be used, in words. They select nothing and exclude nothing. */
  readonly problems: readonly string[];
}

type Test = (cells: CsvRow) => boolean;

/** Words of the filter; a part in quotes may contain spaces. */
const WORDS = /(?:[^\s"]|"[^"]*")+/g;
const CONDITION = /^(?:"([^"]+)"|([^<>=!"]+))(<=|>=|!=|=|<|>)(.*)$/s;
/** Longer filters are cut. */
const MAX_CHARACTERS = 2000;

/**
 * Reads a filter such as `hidden>=8 state=finished|diverged relu`: conditions on columns, and words that any cell may
 * contain. A row has to match all of them. `|` separates alternatives. Names and values with spaces go in quotes.
 */
export function parseFilter(text: string, columns: readonly SelectionColumn[]): Filter {
  const names = columns.map(({ name }) => name);
  const tests: Test[] = [];
  const problems: string[] = [];
  for (const word of text.slice(0, MAX_CHARACTERS).match(WORDS) ?? []) {
    const [, quoted, plain, operator, rest = ''] = CONDITION.exec(word) ?? [];
    const name = quoted ?? plain;
    if (name === undefined || operator === undefined) {
      tests.push(containing(unquoted(word).toLowerCase()));
      continue;
    }
    const column = names.indexOf(name);
    const value = unquoted(rest);
    if (column === -1) problems.push(unknownColumn(name, names));
    else if (value === '') problems.push(`${word}: expected a value after ${operator}.`);
    else if (/[<>]/.test(operator) && Number.isNaN(Number(value)))
      problems.push(`${word}: expected a number after ${operator}.`);
    else tests.push(condition(column, operator, value));
  }
  return { matches: (cells) => tests.every((test) => test(cells)), problems };
}

/** The condition that a column has one of these values, as `parseFilter` reads it. */
export function formatCondition(name: string, operator: string, value: string): string {
  return `${quoteIfNeeded(name)}${operator}${quoteIfNeeded(value)}`;
}

const quoteIfNeeded = (text: string): string =>
  /[\s<>=!]/.test(text) ? `"${text.replaceAll('"', '')}"` : text;

const unquoted = (text: string): string => text.replaceAll('"', '');

function containing(word: string): Test {
  return (cells) => cells.some((cell) => cell !== null && String(cell).toLowerCase().includes(word));
}

function condition(column: number, operator: string, value: string): Test {
  if (operator === '=' || operator === '!=') {
    const alternatives = value.split('|').map(equalTo);
    const isWanted = operator === '=';
    return (cells) => alternatives.some((equals) => equals(cells[column] ?? null)) === isWanted;
  }
  const bound = Number(value);
  const holds = COMPARISONS[operator] ?? (() => false);
  return (cells) => {
    const cell = cells[column];
    return typeof cell === 'number' && holds(cell, bound);
  };
}

const COMPARISONS: Readonly<Record<string, (cell: number, bound: number) => boolean>> = {
  '<': (cell, bound) => cell < bound,
  '<=': (cell, bound) => cell <= bound,
  '>': (cell, bound) => cell > bound,
  '>=': (cell, bound) => cell >= bound,
};

function equalTo(text: string): (cell: Cell) => boolean {
  const lower = text.toLowerCase();
  const number = text === '' ? Number.NaN : Number(text);
  return (cell) => (typeof cell === 'number' ? cell === number : String(cell ?? '').toLowerCase() === lower);
}

function unknownColumn(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  const hint = near === null ? `Columns: ${formatList(names)}.` : `Did you mean ${near}?`;
  return `There is no column ${quote(name)}. ${hint}`;
}
