import type { PreparedTarget } from '../../data/prepare/preparation.js';
import type { NetworkShape } from '../../mlp/network-shape.js';
import { type GraphBuilder, machineLearning } from './graph-builder.js';

/** What the graph hands out, by name. */
type OutputNames =
  | { readonly kind: 'class'; readonly label: string; readonly probabilities: string }
  | { readonly kind: 'number'; readonly prediction: string };

/**
 * Adds what makes answers of the sums of a network's outputs: probabilities, rows x classes (of a single sigmoid, 1 - p
 * and p), or standardised numbers, rows x 1.
 */
export function addAnswers(
  graph: GraphBuilder,
  sums: string,
  shape: Pick<NetworkShape, 'output' | 'outputs'>,
): string {
  if (shape.output === 'identity') return sums;
  if (shape.output === 'softmax') {
    return graph.node('softmax', { type: 'Softmax', inputs: [sums], attributes: { axis: 1 } });
  }
  const sigmoid = graph.node('sigmoid', { type: 'Sigmoid', inputs: [sums] });
  if (shape.outputs > 1) return sigmoid;
  const first = graph.node('first class', { type: 'Sub', inputs: [graph.doubles('one', [], [1]), sigmoid] });
  return graph.node('both classes', { type: 'Concat', inputs: [first, sigmoid], attributes: { axis: 1 } });
}

/** Adds the outputs of the graph, given the answers; rows that are refused get none. */
export function addOutputs(
  graph: GraphBuilder,
  answers: string,
  target: PreparedTarget,
  refused: string | null,
): OutputNames {
  switch (target.kind) {
    case 'class':
      return addClasses(graph, answers, target, refused);
    case 'number':
      return addNumber(graph, answers, target, refused);
    default:
      return target satisfies never;
  }
}

function addClasses(
  graph: GraphBuilder,
  answers: string,
  { name, classes }: Extract<PreparedTarget, { kind: 'class' }>,
  refused: string | null,
): OutputNames {
  const label = graph.reserve('label');
  const probabilities = graph.reserve('probabilities');
  const places = graph.node('class of each row', {
    type: 'ArgMax',
    inputs: [answers],
    attributes: { axis: 1, keepdims: 1 },
  });
  const column = refused === null ? places : whereNot(graph, refused, places, graph.integers('no class', -1));
  const flat = graph.node('classes', {
    type: 'Reshape',
    inputs: [column, graph.integers('one a row', [-1])],
  });
  const named = graph.node('class names', {
    type: 'LabelEncoder',
    domain: machineLearning,
    inputs: [flat],
    attributes: { keys_int64s: [...classes.keys()], values_strings: classes, default_string: '' },
  });
  const shown = refused === null ? answers : withNaN(graph, refused, answers);
  graph.output(
    named,
    label,
    'string',
    ['rows'],
    `The most probable class of ${name}${refusalWords(refused, 'an empty text')}`,
  );
  graph.output(
    shown,
    probabilities,
    'double',
    ['rows', classes.length],
    `The probability of each class, in the order of the metadata's classes${refusalWords(refused, 'NaN')}`,
  );
  return { kind: 'class', label, probabilities };
}

function addNumber(
  graph: GraphBuilder,
  standardised: string,
  { name, mean, deviation }: Extract<PreparedTarget, { kind: 'number' }>,
  refused: string | null,
): OutputNames {
  const prediction = graph.reserve('prediction');
  const spread = graph.node('spread', {
    type: 'Mul',
    inputs: [standardised, graph.doubles('target deviation', [], [deviation])],
  });
  const value = graph.node('value', {
    type: 'Add',
    inputs: [spread, graph.doubles('target mean', [], [mean])],
  });
  const shown = refused === null ? value : withNaN(graph, refused, value);
  graph.output(
    shown,
    prediction,
    'double',
    ['rows', 1],
    `${name} in its own units${refusalWords(refused, 'NaN')}`,
  );
  return { kind: 'number', prediction };
}

function withNaN(graph: GraphBuilder, refused: string, values: string): string {
  return whereNot(graph, refused, values, graph.doubles('no number', [], [Number.NaN]));
}

function whereNot(graph: GraphBuilder, refused: string, values: string, instead: string): string {
  return graph.node(`${values}, checked`, { type: 'Where', inputs: [refused, instead, values] });
}

function refusalWords(refused: string | null, instead: string): string {
  return refused === null
    ? '.'
    : `; ${instead} for a row with a missing or unknown cell that is not allowed.`;
}
