import type { DataFacts } from '../../campaign/event.js';
import type { Finding, WarningCode } from '../../campaign/finding.js';
import { formatList } from '../../text/list.js';
import { formatCount, formatWhole } from '../../text/number.js';
import { quote } from '../../text/quote.js';
import type { FillRule } from '../column-options.js';
import type { Dataset, SourceColumn } from '../dataset.js';
import type { Parts } from '../split/parts.js';
import { partsOf } from '../split/split.js';
import { FEW_CATEGORIES, MANY_CATEGORIES } from '../table/categories.js';
import { contradictingRows, fitCeiling, groupRows, inputIds } from './fit-ceiling.js';
import { SeenRows } from './seen-rows.js';

/** What the data themselves show. */
export type DescribedData = Omit<DataFacts, 'dropped' | 'skippedLines' | 'notation'>;

/** Facts and warnings are about repeat 1, the first that every setting runs on. */
const REPEAT = 1;
/** If the largest class has this many times the rows of the smallest, there is a warning. */
const STRONG_IMBALANCE = 10;

/** What is known about a data set before any training. */
interface DataDescription {
  readonly facts: DescribedData;
  /** Warnings. */
  readonly findings: Finding[];
  /** Rows that repeat an earlier row in inputs and target. */
  readonly duplicates: number;
}

/** Describes the data of a campaign with this seed. */
export function describeData(dataset: Dataset, seed: number): DataDescription {
  const parts = partsOf(dataset, seed, REPEAT);
  const all = Int32Array.from({ length: dataset.rows }, (_, row) => row);
  const ids = inputIds(dataset, parts.training, all);
  const groups = groupRows(
    dataset,
    parts.training,
    parts.training.map((row) => ids[row] ?? 0),
  );
  const facts: DescribedData = {
    task: dataset.task,
    hash: dataset.hash,
    rows: dataset.rows,
    inputs: dataset.inputs,
    classes: dataset.classes,
    parts: {
      training: parts.training.length,
      validation: parts.validation.length,
      test: parts.test.length,
    },
    fitCeiling: fitCeiling(dataset, parts.training, groups),
    contradictingRows: contradictingRows(groups),
  };
  const findings = [
    contradictions(facts),
    duplicatesAcrossParts(dataset, parts, ids),
    imbalance(dataset),
    ...manyCategories(dataset),
    ...sortedTexts(dataset),
    filledCells(dataset),
    unseenCells(dataset),
    droppedRows(dataset),
    testPart(dataset, parts),
    missingClasses(dataset, parts),
    fixedSplit(dataset),
  ];
  const contents = new SeenRows(ids, dataset.y);
  for (const row of all) contents.add(row);
  return {
    facts,
    findings: findings.filter((finding) => finding !== null),
    duplicates: dataset.rows - contents.size,
  };
}

function warning(
  code: WarningCode,
  numbers: Readonly<Record<string, number | string>>,
  because: string,
): Finding {
  return { kind: 'warning', code, numbers, because };
}

function contradictions(facts: DescribedData): Finding | null {
  const { contradictingRows: rows, fitCeiling: ceiling } = facts;
  if (rows === 0) return null;
  const sentence =
    facts.task === 'classification'
      ? `100 % is impossible: ${formatCount(rows, 'training row')} contradict each other (equal ` +
        'inputs, different classes); ' +
        `the best reachable training accuracy is ${percentBelow(ceiling)}.`
      : `A training R2 of 1 is impossible: ${formatCount(rows, 'training row')} have equal ` +
        'inputs and different targets; ' +
        `the best reachable training R2 is ${Math.floor(ceiling * 10_000) / 10_000}.`;
  return warning('contradicting-rows', { rows, ceiling }, sentence);
}

function duplicatesAcrossParts(dataset: Dataset, parts: Parts, ids: Int32Array): Finding | null {
  if (dataset.split.kind === 'none') return null;
  const training = new SeenRows(ids, dataset.y);
  for (const row of parts.training) training.add(row);
  const countInTraining = (rows: Int32Array): number =>
    rows.reduce((count, row) => count + (training.has(row) ? 1 : 0), 0);
  const validation = countInTraining(parts.validation);
  const test = countInTraining(parts.test);
  if (validation + test === 0) return null;
  const found = [
    ...(validation > 0
      ? [`${formatWhole(validation)} of ${formatCount(parts.validation.length, 'validation row')}`]
      : []),
    ...(test > 0 ? [`${formatWhole(test)} of ${formatCount(parts.test.length, 'test row')}`] : []),
  ];
  return warning(
    'duplicates-across-parts',
    { validation, test },
    `${formatList(found)} also ${validation + test === 1 ? 'stands' : 'stand'} in the ` +
      'training part, with equal inputs and target: scores on them flatter the network.',
  );
}

function imbalance(dataset: Dataset): Finding | null {
  const { classes, y } = dataset;
  if (classes === null) return null;
  const rowsOf = new Array<number>(classes.length).fill(0);
  for (const index of y) rowsOf[index] = (rowsOf[index] ?? 0) + 1;
  const counts = classes.map((name, index) => ({ name, count: rowsOf[index] ?? 0 }));
  const [first] = counts;
  if (first === undefined) return null;
  const largest = counts.reduce((a, b) => (b.count > a.count ? b : a), first);
  const smallest = counts.reduce((a, b) => (b.count < a.count ? b : a), first);
  if (largest.count < STRONG_IMBALANCE * smallest.count) return null;
  const share = largest.count / dataset.rows;
  return warning(
    'class-imbalance',
    { largest: largest.count, smallest: smallest.count, share },
    `The classes are uneven: ${formatCount(largest.count, 'row')} of ${quote(largest.name)}, ` +
      `${formatCount(smallest.count, 'row')} of ${quote(smallest.name)}. ` +
      `Always predicting ${quote(largest.name)} is right on ${Math.round(share * 1000) / 10} % ` +
      'of all rows: compare accuracies with that, or set metric: {name: val_balanced_accuracy}.',
  );
}

function manyCategories(dataset: Dataset): Finding[] {
  return dataset.columns.flatMap((column) => {
    if (column.kind !== 'category') return [];
    const categories = column.categories.length;
    const isName = categories >= FEW_CATEGORIES && 2 * categories > dataset.rows;
    if (categories <= MANY_CATEGORIES && !isName) return [];
    const drop = `consider drop: [${column.index}]`;
    const advice =
      2 * categories > dataset.rows
        ? `It looks like a name or identifier, which says nothing about new rows: ${drop}.`
        : `Rare categories carry little information: ${drop}, or inputs for the most frequent ` +
          `alone, columns: {${column.index}: {most_categories: ${FEW_CATEGORIES}}}.`;
    return [
      warning(
        'many-categories',
        { column: column.name, categories, rows: dataset.rows },
        `The column ${quote(column.name)} has an input for each of ${formatWhole(categories)} ` +
          `different values, in ${formatCount(dataset.rows, 'row')}. ` +
          advice,
      ),
    ];
  });
}

function sortedTexts({ sortedTexts: names, columns }: Dataset): Finding[] {
  return columns.flatMap((column) => {
    if (column.kind !== 'ordinal' || !names.includes(column.name) || column.categories.length < 3) return [];
    const shown = column.categories.slice(0, 5).map(quote);
    return [
      warning(
        'order-unknown',
        { column: column.name, categories: column.categories.length },
        `The texts of ${quote(column.name)} are ordered from low to high as they sort ` +
          `(${shown.join(', ')}${column.categories.length > 5 ? ', ...' : ''}): set their order if ` +
          'it is another.',
      ),
    ];
  });
}

function filledCells({ missingCells, columns, fills }: Dataset): Finding | null {
  const names = Object.keys(missingCells);
  if (names.length === 0) return null;
  const cells = names.reduce((sum, name) => sum + (missingCells[name] ?? 0), 0);
  const rules = new Set(
    columns.flatMap((column, i) => {
      const rule = fills[i] ?? null;
      return rule === null || !names.includes(column.name) ? [] : [ruleWords(column, rule)];
    }),
  );
  return warning(
    'missing-filled',
    { cells, columns: names.length },
    `${formatCount(cells, 'cell')} ${cells === 1 ? 'is' : 'are'} missing ` +
      `(${cellsByColumn(missingCells)}) and ${cells === 1 ? 'is' : 'are'} filled ` +
      `with the ${formatList([...rules], 'or')} of the training part.`,
  );
}

function ruleWords({ kind }: SourceColumn, rule: FillRule): string {
  if (rule !== 'most_frequent') return rule;
  return kind === 'number' ? 'most frequent number' : 'most frequent text';
}

function unseenCells({ unseenCells: found }: Dataset): Finding | null {
  const names = Object.keys(found);
  if (names.length === 0) return null;
  const cells = names.reduce((sum, name) => sum + (found[name] ?? 0), 0);
  return warning(
    'unseen-categories',
    { cells, columns: names.length },
    `${formatCount(cells, 'cell')} of the test file ` +
      `${cells === 1 ? 'holds a category' : 'hold categories'} that the training file does not ` +
      `have (${cellsByColumn(found)}): ` +
      'one-hot columns read them as none of their categories, ordinal columns as missing.',
  );
}

/** `177 in "Age" and 2 in "Embarked"`: the first few columns. */
function cellsByColumn(cells: Readonly<Record<string, number>>): string {
  const columns = Object.entries(cells);
  const shown = columns.slice(0, 5).map(([name, count]) => `${formatWhole(count)} in ${quote(name)}`);
  const others = columns.slice(5).reduce((sum, [, count]) => sum + count, 0);
  if (others > 0) shown.push(`${formatWhole(others)} in ${formatCount(columns.length - 5, 'other column')}`);
  return formatList(shown);
}

function droppedRows(dataset: Dataset): Finding | null {
  const { droppedRows: dropped, rows } = dataset;
  if (dropped === 0) return null;
  return warning(
    'rows-dropped',
    { dropped, rows },
    `${formatCount(dropped, 'row')} of ${formatWhole(dropped + rows)} ` +
      `${dropped === 1 ? 'has' : 'have'} a missing cell and ${dropped === 1 ? 'is' : 'are'} ` +
      'dropped.',
  );
}

/** A split by group, time or column ignores classes. */
function missingClasses({ classes, y, split }: Dataset, parts: Parts): Finding | null {
  if (classes === null || !('column' in split)) return null;
  const missing = (['training', 'validation', 'test'] as const).flatMap((part) => {
    const rows = parts[part];
    const found = new Set(Array.from(rows, (row) => y[row] ?? -1));
    const names = classes.filter((_, index) => rows.length > 0 && !found.has(index));
    return names.length === 0 ? [] : [{ part, names }];
  });
  if (missing.length === 0) return null;
  const sentences = missing.map(({ part, names }) => {
    const shown = names.slice(0, 3).map(quote);
    if (names.length > 3) shown.push(formatCount(names.length - 3, 'other class', 'other classes'));
    return `the ${part} part has no row of ${formatList(shown, 'or')}`;
  });
  return warning(
    'classes-missing-in-part',
    { parts: missing.map(({ part }) => part).join(' ') },
    `The rows are split by ${quote(String(split.column))}, and ${formatList(sentences)}.`,
  );
}

function fixedSplit({ split }: Dataset): Finding | null {
  if (split.kind !== 'time' && split.kind !== 'column') return null;
  return warning(
    'fixed-split',
    { column: split.column },
    'The parts are the same rows on every repeat, so repeats and intervals only show the ' +
      'effect of initial weights, shuffles and masks.',
  );
}

function testPart(dataset: Dataset, parts: Parts): Finding | null {
  if (dataset.split.kind === 'none' && dataset.testFrom === dataset.rows) {
    return warning(
      'no-test-part',
      { test: 0 },
      'Training, validation and test are the same rows: no score says anything about new rows.',
    );
  }
  if (parts.test.length > 0) return null;
  return warning(
    'no-test-part',
    { test: 0 },
    'No rows are held out for a test, so the final network is never scored on rows that played no part in choosing it.',
  );
}

/**
 * A share in percent with one decimal, rounded down. The small addition undoes rounding errors: 0.57 * 1000 is not
 * quite 570.
 */
function percentBelow(share: number): string {
  return `${Math.floor(share * 1000 + 1e-9) / 10} %`;
}
