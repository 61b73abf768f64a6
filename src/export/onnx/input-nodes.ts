import type { SourceColumn } from '../../data/dataset.js';
import { fillValues, type Preparation, unseenOf } from '../../data/prepare/preparation.js';
import { MISSING_WORDS, missingValuesOf } from '../../data/table/cell.js';
import { type GraphBuilder, machineLearning } from './graph-builder.js';

type ColumnOf<Kind extends SourceColumn['kind']> = Extract<SourceColumn, { readonly kind: Kind }>;

/** The prepared inputs of a network, and the rows that it has no answer to. */
interface InputNodes {
  /** rows x inputs. */
  readonly prepared: string;
  /** rows x 1, true where a cell is missing or unknown that must not be; null where that cannot be. */
  readonly refused: string | null;
}

/** What a column became. */
interface ColumnNodes {
  /** rows x the column's inputs, in double precision; NaN where there is a number to be filled. */
  readonly inputs: string;
  /** rows x 1, true where a category is refused; null where none is. */
  readonly refused: string | null;
}

/** Adds the columns as inputs, and what turns them into the network's: encoding, filling, standardising. */
export function addInputs(graph: GraphBuilder, preparation: Preparation): InputNodes {
  const { columns, fill, mean, scale } = preparation;
  const texts = new Set(columns.filter((column) => 'categories' in column).map(({ name }) => name));
  const nodes = columns.map((column) => addColumn(graph, column, preparation, texts.has(column.name)));
  const refusals = nodes.flatMap(({ refused }) => refused ?? []);
  const encoded = nodes.map(({ inputs }) => inputs);
  const inputs = graph.node('inputs', { type: 'Concat', inputs: encoded, attributes: { axis: 1 } });
  const missing = graph.node('missing', { type: 'IsNaN', inputs: [inputs] });
  if (fill === null) refusals.push(anyOf(graph, missing));
  const known = fill === null ? inputs : filled(graph, inputs, missing, preparation);
  // One-hot inputs are never NaN, and what is refused of them is known by its number.
  const isNeeded = ({ kind }: SourceColumn) => kind === 'number' || kind === 'ordinal';
  if (fill !== null && columns.some((column) => isNeeded(column) && !isFilled(column, preparation))) {
    refusals.push(anyOf(graph, graph.node('still missing', { type: 'IsNaN', inputs: [known] })));
  }
  const centred = graph.node('centred', {
    type: 'Sub',
    inputs: [known, graph.doubles('mean', [mean.length], mean)],
  });
  const prepared = graph.node('prepared', {
    type: 'Mul',
    inputs: [centred, graph.doubles('scale', [scale.length], scale)],
  });
  const refused = refusals.reduce<string | null>(
    (all, one) => (all === null ? one : graph.node('refused', { type: 'Or', inputs: [all, one] })),
    null,
  );
  return { prepared, refused };
}

function addColumn(
  graph: GraphBuilder,
  column: SourceColumn,
  preparation: Preparation,
  isText: boolean,
): ColumnNodes {
  switch (column.kind) {
    case 'number': {
      const input = graph.input(column.name, 'double', numberWords(isFilled(column, preparation)));
      return { inputs: withoutMissingNumbers(graph, column, input), refused: null };
    }
    case 'category':
      return addCategories(graph, column, preparation);
    case 'ordinal':
      return addOrdinal(graph, column, preparation);
    case 'indicator':
      return addIndicator(graph, column, isText);
    default:
      return column satisfies never;
  }
}

/** The numbers of what has no place of its own among categories. */
interface SpecialNumbers {
  readonly missing: number;
  readonly unknown: number;
}

/** A column of text as the number of its category: its place, or a special number. rows x 1. */
function addNumbers(
  graph: GraphBuilder,
  column: ColumnOf<'category' | 'ordinal'>,
  preparation: Preparation,
  { missing, unknown }: SpecialNumbers,
): string {
  const { name, categories } = column;
  const words = missingTexts(column);
  return graph.node(`${name}: number`, {
    type: 'LabelEncoder',
    domain: machineLearning,
    inputs: [graph.input(name, 'string', categoryWords(column, preparation))],
    attributes: {
      keys_strings: [...categories, ...words],
      values_int64s: [...categories.keys(), ...words.map(() => missing)],
      default_int64: unknown,
    },
  });
}

/**
 * A column of text as rows x categories. The words for a missing cell have the number of the category that stands
 * in, any other text has one past the last. What is refused has -1. Numbers that are no category's encode as zeros.
 */
function addCategories(
  graph: GraphBuilder,
  column: ColumnOf<'category'>,
  preparation: Preparation,
): ColumnNodes {
  const { name, categories, input } = column;
  const { fill } = preparation;
  const canBeMissing = isFilled(column, preparation);
  const unseen = unseenOf(preparation, column);
  const number = addNumbers(graph, column, preparation, {
    missing: canBeMissing ? (fill?.indexOf(1, input) ?? -1) - input : -1,
    unknown: unseen === 'error' ? -1 : categories.length,
  });
  const oneHot = graph.node(`${name}: one-hot`, {
    type: 'OneHotEncoder',
    domain: machineLearning,
    inputs: [number],
    attributes: { cats_int64s: [...categories.keys()], zeros: 1 },
  });
  const flat = graph.node(`${name}: flat`, {
    type: 'Reshape',
    inputs: [oneHot, graph.integers(`${name}: shape`, [-1, categories.length])],
  });
  const inputs = graph.cast(`${name}: inputs`, flat, 'double');
  const refused = canBeMissing && unseen === 'ignore' ? null : addRefused(graph, name, number);
  return { inputs, refused };
}

/** A column of text as the place of its category, NaN where it is missing or unknown: -2, or -1 where it is refused. */
function addOrdinal(graph: GraphBuilder, column: ColumnOf<'ordinal'>, preparation: Preparation): ColumnNodes {
  const { name } = column;
  const canBeMissing = isFilled(column, preparation);
  const isUnseenTaken = canBeMissing && unseenOf(preparation, column) === 'ignore';
  const number = addNumbers(graph, column, preparation, {
    missing: canBeMissing ? -2 : -1,
    unknown: isUnseenTaken ? -2 : -1,
  });
  const hasNoPlace = graph.node(`${name}: has no place`, {
    type: 'Less',
    inputs: [number, graph.integers(`${name}: first place`, 0)],
  });
  const inputs = graph.node(`${name}: inputs`, {
    type: 'Where',
    inputs: [
      hasNoPlace,
      graph.doubles(`${name}: no place`, [], [Number.NaN]),
      graph.cast(`${name}: place`, number, 'double'),
    ],
  });
  return { inputs, refused: isUnseenTaken ? null : addRefused(graph, name, number) };
}

/** 1 where the cell of the column is missing, else 0. */
function addIndicator(graph: GraphBuilder, column: ColumnOf<'indicator'>, isText: boolean): ColumnNodes {
  const { name } = column;
  const words = missingTexts(column);
  const isMissing = isText
    ? graph.node(`${name}: is missing`, {
        type: 'LabelEncoder',
        domain: machineLearning,
        inputs: [name],
        attributes: { keys_strings: words, values_int64s: words.map(() => 1), default_int64: 0 },
      })
    : graph.node(`${name}: is missing`, {
        type: 'IsNaN',
        inputs: [withoutMissingNumbers(graph, column, name)],
      });
  return { inputs: graph.cast(`${name}: indicator`, isMissing, 'double'), refused: null };
}

/** The texts that stand for a missing cell. A number as a category is in its shortest form. */
function missingTexts({ missingValues = [] }: SourceColumn): string[] {
  return [...MISSING_WORDS, ...missingValues];
}

/** A column of numbers, with NaN for each number that stands for a missing cell. */
function withoutMissingNumbers(
  graph: GraphBuilder,
  { name, missingValues }: SourceColumn,
  value: string,
): string {
  return [...(missingValuesOf(missingValues)?.numbers ?? [])].reduce(
    (known, number) =>
      graph.node(`${name}: without ${number}`, {
        type: 'Where',
        inputs: [
          graph.node(`${name}: is ${number}`, {
            type: 'Equal',
            inputs: [known, graph.doubles(`${name}: ${number}`, [], [number])],
          }),
          graph.doubles(`${name}: missing`, [], [Number.NaN]),
          known,
        ],
      }),
    value,
  );
}

function addRefused(graph: GraphBuilder, name: string, number: string): string {
  return graph.node(`${name}: refused`, {
    type: 'Equal',
    inputs: [number, graph.integers(`${name}: refused number`, -1)],
  });
}

function isFilled({ input }: SourceColumn, { fill }: Preparation): boolean {
  return (fill?.[input] ?? null) !== null;
}

function filled(graph: GraphBuilder, inputs: string, missing: string, preparation: Preparation): string {
  const values = fillValues(preparation) ?? [];
  const tensor = graph.doubles('fill', [values.length], values);
  return graph.node('filled', { type: 'Where', inputs: [missing, tensor, inputs] });
}

/** Whether any truth of a row is true: rows x 1. */
function anyOf(graph: GraphBuilder, truths: string): string {
  const numbers = graph.cast('missing as numbers', truths, 'float');
  const largest = graph.node('most missing', {
    type: 'ReduceMax',
    inputs: [numbers],
    attributes: { axes: [1], keepdims: 1 },
  });
  return graph.cast('any missing', largest, 'bool');
}

function numberWords(canBeMissing: boolean): string {
  return canBeMissing ? 'A number; NaN where it is missing.' : 'A number.';
}

function categoryWords(column: ColumnOf<'category' | 'ordinal'>, preparation: Preparation): string {
  const canBeMissing = isFilled(column, preparation);
  const missing = canBeMissing ? ' An empty text where it is missing.' : '';
  const isTaken = unseenOf(preparation, column) === 'ignore' && (column.kind === 'category' || canBeMissing);
  const unknown =
    column.kind === 'category'
      ? ' Any other text counts as none of them.'
      : ' Any other text counts as missing.';
  return `A category as model.json lists it, without white space around it.${missing}${isTaken ? unknown : ''}`;
}
