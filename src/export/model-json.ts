import type { SourceColumn } from '../data/dataset.js';
import type { Preparation, PreparedTarget } from '../data/prepare/preparation.js';
import { MISSING_WORDS } from '../data/table/cell.js';
import { networkWeights, type SavedNetwork } from '../mlp/network-file.js';
import { layerPlaces } from '../mlp/network-shape.js';
import type { ModelInfo } from './model-info.js';

/**
 * A network as JSON that a person can read and a short program can run: the columns and how each cell becomes
 * an input, then the layers in order, then what the outputs stand for. A committee has the layers of each of its
 * networks, and format version 2, so that no program takes the first for the whole. Numbers have the shortest form that
 * reads back to the same double.
 */
export function modelJson(network: SavedNetwork, info: ModelInfo): string {
  const { preparation, shape } = network;
  const members: Record<string, unknown> = {
    format: 'fitfirst model',
    version: network.networks === 1 ? 1 : 2,
    fitfirst_version: info.version,
    campaign: info.campaign,
    target: targetOf(preparation.target),
    missing: preparation.fill === null ? 'error' : 'fill',
    missing_words: [...MISSING_WORDS],
    unseen: preparation.unseen,
    columns: preparation.columns.map((column) => columnOf(column, preparation)),
    architecture: {
      inputs: shape.inputs,
      hidden: shape.hidden,
      outputs: shape.outputs,
      activation: shape.activation,
      output: shape.output,
      bias: shape.bias,
      precision: network.precision,
    },
    epoch: network.epoch,
    ...networksOf(network),
  };
  return `${indented(members, '')}\n`;
}

function targetOf(target: PreparedTarget): unknown {
  switch (target.kind) {
    case 'class':
      return { name: target.name, kind: 'class', classes: target.classes };
    case 'number':
      return { name: target.name, kind: 'number', mean: target.mean, deviation: target.deviation };
    default:
      return target satisfies never;
  }
}

/** A column; an input of it is (cell - mean) * scale, after a missing cell has been filled. */
function columnOf(column: SourceColumn, { fill, mean, scale }: Preparation): unknown {
  const { name, index, kind, input, missingValues, unit } = column;
  const place = {
    name,
    index,
    kind,
    input,
    ...(missingValues && { missing_values: missingValues }),
    ...(unit !== undefined && { unit }),
  };
  const isFilled = (fill?.[input] ?? null) !== null;
  switch (kind) {
    case 'number':
    case 'indicator': {
      const own = { ...place, mean: mean[input], scale: scale[input] };
      return isFilled ? { ...own, fill: fill?.[input] } : own;
    }
    case 'ordinal': {
      const { categories, unseen } = column;
      const own = { ...place, categories, ...(unseen && { unseen }) };
      const parts = { mean: mean[input], scale: scale[input] };
      return isFilled ? { ...own, fill: fill?.[input], ...parts } : { ...own, ...parts };
    }
    case 'category': {
      const { categories, unseen } = column;
      const end = input + categories.length;
      const own = { ...place, categories, ...(unseen && { unseen }) };
      const parts = { mean: mean.slice(input, end), scale: scale.slice(input, end) };
      return isFilled ? { ...own, fill: fill?.slice(input, end), ...parts } : { ...own, ...parts };
    }
    default:
      return column satisfies never;
  }
}

/** The layers of a single network, or those of each network of a committee. */
function networksOf(network: SavedNetwork): Record<string, unknown> {
  const layers = networkWeights(network).map((weights) => layersOf({ ...network, weights }));
  return layers.length === 1 ? { layers: layers[0] } : { networks: layers.map((own) => ({ layers: own })) };
}

/** The layers; `weights` has a row an input of the layer, with a number a unit. */
function layersOf({ shape, weights }: SavedNetwork): unknown[] {
  return layerPlaces(shape).map((place, layer) => {
    const rows = Array.from({ length: place.inputs }, (_, i) => {
      const start = place.weights + i * place.outputs;
      return [...weights.subarray(start, start + place.outputs)];
    });
    const biases = place.biases === null ? null : [...weights.subarray(place.biases, place.end)];
    const activation = layer < shape.hidden.length ? shape.activation : shape.output;
    return { inputs: place.inputs, outputs: place.outputs, activation, weights: rows, biases };
  });
}

/** JSON with members on lines of their own, and lists of plain values on one. */
function indented(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) return JSON.stringify(value);
    return `[\n${value.map((item) => deeper + indented(item, deeper)).join(',\n')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const lines = Object.entries(value).map(
      ([key, member]) => `${deeper}${JSON.stringify(key)}: ${indented(member, deeper)}`,
    );
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value);
}
