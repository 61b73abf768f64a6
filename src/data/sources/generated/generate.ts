import { cos, sin, tanh } from '../../../numeric/elementary.js';
import { keyedStream, type RandomStream } from '../../../numeric/keyed-stream.js';
import { finalizeDataset } from '../../build/finalize-dataset.js';
import type { Dataset, SourceColumn } from '../../dataset.js';
import type { DataOptions, GeneratedData } from '../../options.js';
import { strokePictures } from './stroke-pictures.js';

/** Generated rows. */
interface GeneratedRows {
  readonly inputs: number;
  readonly classes: number;
  /** Row by row. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Generates a data set from a seed: equal options and seeds give equal rows on every machine. */
export function generate(source: GeneratedData, options: DataOptions, seed: number): Dataset {
  const made = rowsOf(source, keyedStream(seed, 'generate', source.generate));
  const rows = made.y.length;
  const x = new Float64Array(new SharedArrayBuffer(8 * made.x.length));
  x.set(made.x);
  const y = new Float64Array(new SharedArrayBuffer(8 * rows));
  y.set(made.y);
  const columns = Array.from({ length: made.inputs }, (_, index): SourceColumn => {
    return { kind: 'number', name: `x${index + 1}`, index, input: index };
  });
  const task = options.task ?? 'classification';
  return finalizeDataset(
    {
      task,
      rows,
      inputs: made.inputs,
      x,
      y,
      classes: task === 'classification' ? Array.from({ length: made.classes }, (_, i) => String(i)) : null,
      target: 'y',
      columns,
      fills: columns.map(() => null),
      testFrom: rows,
      split: options.split,
      standardize: options.standardize,
      unseen: options.unseen,
      missingCells: {},
      unseenCells: {},
      sortedTexts: [],
      droppedRows: 0,
    },
    `the generated set ${source.generate}`,
  );
}

function rowsOf(source: GeneratedData, stream: RandomStream): GeneratedRows {
  switch (source.generate) {
    case 'xor':
      return { inputs: 3, classes: 2, x: [0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1], y: [0, 1, 1, 0] };
    case 'spirals':
      return spirals(source, stream);
    case 'moons':
      return moons(source, stream);
    case 'circles':
      return circles(source, stream);
    case 'strokes':
      return {
        inputs: source.size * source.size,
        classes: source.classes,
        ...strokePictures(source, stream),
      };
    case 'teacher':
      return teacher(source, stream);
    default:
      return source satisfies never;
  }
}

const FIRST_TURN = 0.25;
const LAST_TURN = 1.5;
const TWO_PI = 6.283185307179586;

/**
 * Interleaved Archimedean spirals, each from a quarter turn to one and a half. Neighbouring arms are 1 apart, so that
 * they overlap noticeably from a noise of about 0.2 on. Classes alternate.
 */
function spirals(
  { rows, classes, noise }: Extract<GeneratedData, { generate: 'spirals' }>,
  stream: RandomStream,
): GeneratedRows {
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < rows; row++) {
    const own = row % classes;
    // The square root spreads the points evenly along the arm, which grows with the turn.
    const turn = FIRST_TURN + (LAST_TURN - FIRST_TURN) * Math.sqrt(stream.uniform());
    const radius = classes * turn;
    const angle = TWO_PI * (turn + own / classes);
    x.push(radius * cos(angle) + noise * stream.normal(), radius * sin(angle) + noise * stream.normal());
    y.push(own);
  }
  return { inputs: 2, classes, x, y };
}

type InThePlane = Extract<GeneratedData, { generate: 'moons' | 'circles' }>;

/** Half circles of radius 1: one around the origin, the other upside down around (1, 0.5). Classes alternate. */
function moons({ rows, noise }: InThePlane, stream: RandomStream): GeneratedRows {
  return aroundPoints(rows, noise, stream, (own) => {
    const angle = (TWO_PI / 2) * stream.uniform();
    return own === 0 ? [cos(angle), sin(angle)] : [1 - cos(angle), 0.5 - sin(angle)];
  });
}

/** Circles around the origin of radius 1 and 0.5. Classes alternate. */
function circles({ rows, noise }: InThePlane, stream: RandomStream): GeneratedRows {
  return aroundPoints(rows, noise, stream, (own) => {
    const angle = TWO_PI * stream.uniform();
    const radius = own === 0 ? 1 : 0.5;
    return [radius * cos(angle), radius * sin(angle)];
  });
}

function aroundPoints(
  rows: number,
  noise: number,
  stream: RandomStream,
  pointOf: (own: number) => [number, number],
): GeneratedRows {
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < rows; row++) {
    const own = row % 2;
    const [first, second] = pointOf(own);
    x.push(first + noise * stream.normal(), second + noise * stream.normal());
    y.push(own);
  }
  return { inputs: 2, classes: 2, x, y };
}

/**
 * Inputs have a normal distribution; the class is the largest output of a random network. Its weights are normal and
 * scaled so that the input of a unit has standard deviation 2, which is nonlinear enough to need hidden units. With
 * probability `noise` the class of a row is replaced by a random one.
 */
function teacher(
  { rows, inputs, units, classes, noise }: Extract<GeneratedData, { generate: 'teacher' }>,
  stream: RandomStream,
): GeneratedRows {
  const normals = (count: number, deviation: number): number[] =>
    Array.from({ length: count }, () => deviation * stream.normal());
  const hidden = normals(inputs * units, 2 / Math.sqrt(inputs));
  const output = normals(units * classes, 1);
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < rows; row++) {
    const values = normals(inputs, 1);
    const activations = Array.from({ length: units }, (_, unit) =>
      tanh(weighted(values, hidden.slice(unit * inputs, (unit + 1) * inputs))),
    );
    const scores = Array.from({ length: classes }, (_, index) =>
      weighted(activations, output.slice(index * units, (index + 1) * units)),
    );
    const best = scores.indexOf(scores.reduce((max, score) => Math.max(max, score)));
    x.push(...values);
    y.push(stream.uniform() < noise ? stream.below(classes) : best);
  }
  return { inputs, classes, x, y };
}

function weighted(values: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) * (weights[i] ?? 0);
  return sum;
}
