import { MISSING_WORDS } from '../../training/data/cell.js';
import type { SourceColumn } from '../../training/data/dataset.js';
import type { Preparation } from '../../training/data/preparation.js';
import { type GraphBuilder, machineLearning } from './graph-builder.js';

type CategoryColumn = Extract<SourceColumn, { kind: 'category' }>;

/** The prepared inputs of a network, and the rows that it has no answer to. */
interface InputNodes {
  /** rows x inputs. */
  readonly prepared: string;
  /** rows x 1, true where a cell is missing or unknown that must not be; null where that cannot be. */
  readonly refused: string | null;
}

/** Adds the columns as inputs, and what turns them into the network's: filling, one-hot encoding, standardising. */
export function addInputs(graph: GraphBuilder, preparation: Preparation): InputNodes {
  const { columns, fill, mean, scale } = preparation;
  const refusals: string[] = [];
  const encoded = columns.map((column) => {
    if (column.kind === 'number') return graph.input(column.name, 'double', numberWords(preparation));
    const { inputs, refused } = addCategories(graph, column, preparation);
    if (refused !== null) refusals.push(refused);
    return inputs;
  });
  const inputs = graph.node('inputs', { type: 'Concat', inputs: encoded, attributes: { axis: 1 } });
  const missing = graph.node('missing', { type: 'IsNaN', inputs: [inputs] });
  if (fill === null) refusals.push(anyOf(graph, missing));
  const known = fill === null ? inputs : filled(graph, inputs, missing, fill);
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

/**
 * A column of text as rows x categories. Categories are numbered; the words for a missing cell have the number
 * of the category that stands in, any other text has one past the last. What is refused has -1. Numbers that
 * are no category's encode as zeros.
 */
function addCategories(
  graph: GraphBuilder,
  column: CategoryColumn,
  preparation: Preparation,
): { inputs: string; refused: string | null } {
  const { name, categories } = column;
  const { fill, unseen } = preparation;
  const words = [...MISSING_WORDS];
  const standIn = fill === null ? -1 : fill.indexOf(1, column.input) - column.input;
  const number = graph.node(`${name}: number`, {
    type: 'LabelEncoder',
    domain: machineLearning,
    inputs: [graph.input(name, 'string', categoryWords(preparation))],
    attributes: {
      keys_strings: [...categories, ...words],
      values_int64s: [...categories.keys(), ...words.map(() => standIn)],
      default_int64: unseen === 'error' ? -1 : categories.length,
    },
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
  if (fill !== null && unseen === 'ignore') return { inputs, refused: null };
  const refused = graph.node(`${name}: refused`, {
    type: 'Equal',
    inputs: [number, graph.integers(`${name}: refused number`, -1)],
  });
  return { inputs, refused };
}

function filled(graph: GraphBuilder, inputs: string, missing: string, fill: readonly number[]): string {
  const standIns = graph.doubles('fill', [fill.length], fill);
  return graph.node('filled', { type: 'Where', inputs: [missing, standIns, inputs] });
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

function numberWords({ fill }: Preparation): string {
  return fill === null ? 'A number.' : 'A number; NaN where it is missing.';
}

function categoryWords({ fill, unseen }: Preparation): string {
  const missing = fill === null ? '' : ' An empty text where it is missing.';
  const unknown = unseen === 'ignore' ? ' Any other text counts as none of them.' : '';
  return `A category as model.json lists it, without white space around it.${missing}${unknown}`;
}
