import protobuf from 'protobufjs/light.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Preparation } from '../../src/data/prepare/preparation.js';
import { exportModel } from '../../src/export/export-model.js';
import { onnxSchema } from '../../src/export/onnx/onnx-schema.js';
import { readNetwork, type SavedNetwork, writeNetwork } from '../../src/mlp/network-file.js';
import { weightCount } from '../../src/mlp/network-shape.js';
import { predictorOf } from '../../src/mlp/prediction.js';
import { rings } from '../mlp/data-set-of.js';
import { networkOf, runTrial } from '../mlp/trial-runs.js';
import { openModel, run } from './onnx-runtime.js';

const info = { campaign: 'small', version: '1.2.3' };

/** A network on one number and one text. */
function networkWith(changes: Partial<Preparation>): SavedNetwork {
  const shape = {
    inputs: 3,
    hidden: [2],
    outputs: 2,
    activation: 'relu',
    output: 'softmax',
    bias: true,
  } as const;
  return {
    shape,
    precision: 'f64',
    epoch: 1,
    networks: 1,
    weights: Float64Array.from({ length: weightCount(shape) }, (_, k) => (k % 5) - 2.25),
    preparation: {
      columns: [
        { kind: 'number', name: 'age', index: 0, input: 0 },
        { kind: 'category', name: 'sex', index: 1, input: 1, categories: ['female', 'male'] },
      ],
      unseen: 'ignore',
      fill: [30, 0, 1],
      mean: [30, 0.5, 0.5],
      scale: [0.1, 2, 2],
      target: { kind: 'class', name: 'alive', classes: ['no', 'yes'] },
      ...changes,
    },
  };
}

async function answersOf(network: SavedNetwork, age: number[], sex: string[]) {
  const model = await openModel(exportModel(writeNetwork(network), info).onnx);
  return run(
    model,
    new Map<string, number[] | string[]>([
      ['age', age],
      ['sex', sex],
    ]),
  );
}

describe('a network that was trained without missing cells', () => {
  it('has no answer to a row with one, in ONNX Runtime either', async () => {
    const { labels, values } = await answersOf(
      networkWith({ fill: null }),
      [20, Number.NaN, 20],
      ['male', 'male', ''],
    );
    expect(labels?.map((label) => label === '')).toEqual([false, true, true]);
    expect([...values].map(Number.isNaN)).toEqual([false, false, true, true, true, true]);
  });
});

describe('a network for which an unknown category is an error', () => {
  it('has no answer to a row with one, but fills missing cells', async () => {
    const { labels } = await answersOf(
      networkWith({ unseen: 'error' }),
      [20, Number.NaN, 20],
      ['male', '', 'none'],
    );
    expect(labels?.map((label) => label === '')).toEqual([false, false, true]);
  });
});

describe('the metadata of model.onnx', () => {
  it('names classes, columns, target, campaign and version', () => {
    const { onnx } = exportModel(writeNetwork(networkWith({})), info);
    const message = protobuf.Root.fromJSON(onnxSchema).lookupType('onnx.ModelProto');
    const model = z
      .object({ metadata_props: z.array(z.object({ key: z.string(), value: z.string() })) })
      .parse(message.toObject(message.decode(onnx)));
    expect(Object.fromEntries(model.metadata_props.map(({ key, value }) => [key, value]))).toEqual({
      fitfirst_version: '1.2.3',
      campaign: 'small',
      target: 'alive',
      columns: '["age","sex"]',
      classes: '["no","yes"]',
      outputs: '{"kind":"class","label":"label","probabilities":"probabilities"}',
    });
  });
});

const layer = z.object({ weights: z.array(z.array(z.number())), biases: z.array(z.number()).nullable() });
const readable = z.object({
  columns: z.array(z.object({ mean: z.number(), scale: z.number() })),
  target: z.object({ classes: z.array(z.string()) }),
  layers: z.array(layer),
});

describe('model.json', () => {
  it('is enough for a short program to give the same answers', async () => {
    const dataset = rings(120, 3);
    const { bytes } = networkOf(
      await runTrial(
        dataset,
        { hidden: [6, 4], activation: 'relu' },
        { epochs: 3, finish: { on: 'training', checkpoint: 'last' } },
      ),
    );
    const { columns, layers } = readable.parse(JSON.parse(exportModel(bytes, info).json));
    const cells = [1.5, -2];
    let values = columns.map(({ mean, scale }, k) => ((cells[k] ?? 0) - mean) * scale);
    layers.forEach(({ weights, biases }, place) => {
      const sums = (biases ?? []).map((bias, unit) =>
        values.reduce((sum, value, i) => sum + value * (weights[i]?.[unit] ?? 0), bias),
      );
      values = place < layers.length - 1 ? sums.map((sum) => Math.max(0, sum)) : sums.map(Math.exp);
    });
    const total = values.reduce((sum, value) => sum + value, 0);
    const expected = predictorOf(readNetwork(bytes))(Float64Array.from(cells));
    values.forEach((value, k) => {
      expect(value / total).toBeCloseTo(expected[k] ?? Number.NaN, 12);
    });
  });
});

describe('an exported network', () => {
  it('is the same bytes every time', () => {
    const bytes = writeNetwork(networkWith({}));
    expect(exportModel(bytes, info)).toEqual(exportModel(bytes, info));
  });

  it('is refused where the bytes are no network', () => {
    expect(() => exportModel(new Uint8Array(20), info)).toThrow('not a network that fitfirst saved');
  });
});
