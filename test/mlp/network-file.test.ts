import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readNetwork, type SavedNetwork, writeNetwork } from '../../src/mlp/network-file.js';
import { predictorOf } from '../../src/mlp/prediction.js';

const network: SavedNetwork = {
  shape: { inputs: 3, hidden: [2], outputs: 1, activation: 'tanh', output: 'identity', bias: true },
  precision: 'f64',
  epoch: 12,
  networks: 1,
  preparation: {
    columns: [
      { kind: 'number', name: 'Größe', index: 0, input: 0 },
      { kind: 'category', name: 'colour', index: 2, input: 1, categories: ['blue', 'red'] },
    ],
    unseen: 'ignore',
    fill: [0.1 + 0.2, 0, 1],
    mean: [1 / 3, 0.5, 0.5],
    scale: [3e-300, 2, 2],
    target: { kind: 'number', name: 'price', mean: 100, deviation: 7 },
  },
  weights: Float64Array.of(0.5, -0.25, 1, 1e-310, -1, 0.1, 0, 0.3, 2, -2, 0.75),
};

/** Reads what must not be readable, and returns the message. */
function refusal(bytes: Uint8Array): string {
  try {
    readNetwork(bytes);
  } catch (error) {
    if (error instanceof FitfirstError && error.code === 'DATA_INVALID') return error.message;
    throw error;
  }
  throw new Error('it was read');
}

describe('a saved network', () => {
  it('comes back as it was, to the last bit', () => {
    expect(readNetwork(writeNetwork(network))).toEqual(network);
  });

  it('comes back with ordinal columns, indicators and columns that are not filled', () => {
    const columns = [
      { kind: 'ordinal', name: 'size', index: 0, input: 0, categories: ['low', 'mid'], unseen: 'error' },
      { kind: 'indicator', name: 'size', index: 0, input: 1 },
      { kind: 'number', name: 'price', index: 1, input: 2 },
    ] as const;
    const other = { ...network, preparation: { ...network.preparation, columns, fill: [0.5, null, null] } };
    expect(readNetwork(writeNetwork(other))).toEqual(other);
  });

  it('comes back with the values that stand for missing cells', () => {
    const { preparation } = network;
    const columns = preparation.columns.map((column) => ({ ...column, missingValues: ['-', '-999'] }));
    const target = { ...preparation.target, missingValues: ['unknown'] };
    const other = { ...network, preparation: { ...preparation, columns, target } };
    expect(readNetwork(writeNetwork(other))).toEqual(other);
  });

  it('comes back with the units of its columns and its target', () => {
    const { preparation } = network;
    const columns = preparation.columns.map((column) => ({ ...column, unit: '%' }));
    const target = { ...preparation.target, unit: '$' };
    const other = { ...network, preparation: { ...preparation, columns, target } };
    expect(readNetwork(writeNetwork(other))).toEqual(other);
  });

  it('comes back as a committee, which is the mean of its networks', () => {
    const others = network.weights.map((weight) => weight / 2);
    const weights = Float64Array.of(...network.weights, ...others);
    const committee = { ...network, networks: 2, weights };
    expect(readNetwork(writeNetwork(committee))).toEqual(committee);
    const row = Float64Array.of(0.2, 1, 0);
    const [first = 0] = predictorOf(network)(row);
    const [second = 0] = predictorOf({ ...network, weights: others })(row);
    expect(predictorOf(committee)(row)[0]).toBeCloseTo((first + second) / 2, 10);
  });

  it('is laid out as documented: a name, a header of JSON, and little-endian doubles', () => {
    const bytes = writeNetwork(network);
    const view = new DataView(bytes.buffer);
    expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe('FITNET01');
    const start = 12 + view.getUint32(8, true);
    expect(start % 8).toBe(0);
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(12, start)));
    expect(header).toMatchObject({ version: 2, precision: 'f64', shape: { hidden: [2] } });
    expect(bytes.length).toBe(start + 11 * 8);
    expect(view.getFloat64(start, true)).toBe(0.5);
  });

  it('can be read from a window on a larger memory', () => {
    const bytes = writeNetwork(network);
    const larger = new Uint8Array(bytes.length + 5);
    larger.set(bytes, 3);
    expect(readNetwork(larger.subarray(3, 3 + bytes.length))).toEqual(network);
  });

  it('is refused where it is cut short at any byte', () => {
    const bytes = writeNetwork(network);
    for (let length = 0; length < bytes.length; length++) {
      expect(refusal(bytes.subarray(0, length))).toMatch(/network/);
    }
  });

  it('is refused whichever of its bytes is damaged', () => {
    const bytes = writeNetwork(network);
    for (let at = 0; at < bytes.length; at++) {
      for (const change of [0x01, 0x80]) {
        const damaged = bytes.slice();
        damaged[at] = (bytes[at] ?? 0) ^ change;
        expect(refusal(damaged), `byte ${at}`).toMatch(/network/);
      }
    }
  });

  it('is refused where it is something else', () => {
    expect(refusal(new TextEncoder().encode('a,b,c\n1,2,3\n'))).toContain(
      'not a network that fitfirst saved',
    );
  });

  it('is refused where its version is not known', () => {
    const text = new TextDecoder('latin1')
      .decode(writeNetwork(network))
      .replace('"version":2', '"version":6');
    expect(refusal(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toBe(
      'The network has the format version 6, of which this version of fitfirst reads 1, 2, 3, 4 and 5. ' +
        'Use the fitfirst that saved it, or a later one.',
    );
  });

  it('is read in version 1, which had numbers and one-hot columns alone', async () => {
    const saved = await readFile(new URL('./fixtures/version-1.network', import.meta.url));
    expect(readNetwork(saved)).toEqual(network);
  });
});

describe('a prediction', () => {
  it('fills missing cells, standardises, and answers in the units of the target', () => {
    const plain: SavedNetwork = {
      ...network,
      preparation: { ...network.preparation, fill: [5, 0, 1], mean: [1, 0, 0], scale: [0.5, 1, 1] },
    };
    const [w, v] = [(i: number, j: number) => plain.weights[i * 2 + j] ?? 0, plain.weights.subarray(8)];
    const inputs = [2, 1, 0];
    const hidden = [0, 1].map((j) =>
      Math.tanh(inputs.reduce((sum, x, i) => sum + x * w(i, j), plain.weights[6 + j] ?? 0)),
    );
    const output = (hidden[0] ?? 0) * (v[0] ?? 0) + (hidden[1] ?? 0) * (v[1] ?? 0) + (v[2] ?? 0);
    expect(predictorOf(plain)(Float64Array.of(5, 1, 0))[0]).toBeCloseTo(100 + 7 * output, 11);
    expect(predictorOf(plain)(Float64Array.of(Number.NaN, 1, 0))).toEqual(
      predictorOf(plain)(Float64Array.of(5, 1, 0)),
    );
  });

  it('of a row does not depend on the rows around it', () => {
    const rows = Float64Array.from({ length: 3 * 1000 }, (_, k) => (k * 7) % 11);
    const all = predictorOf(network)(rows);
    expect(all).toHaveLength(1000);
    for (const row of [0, 255, 256, 999]) {
      expect(predictorOf(network)(rows.subarray(row * 3, row * 3 + 3))[0]).toBe(all[row]);
    }
  });
});
