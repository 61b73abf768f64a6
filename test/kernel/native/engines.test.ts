import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNetworkKernel } from '../../../src/kernel/create-network-kernel.js';
import type { Kernel } from '../../../src/kernel/kernel.js';
import { compileKernel } from '../../../src/kernel/kernel-module.js';
import { findAddonBinary, loadAddonBinary } from '../../../src/kernel/native/addon-binary.js';
import type { NetworkOptions } from '../../../src/kernel/network-options.js';
import { layerForm, networkForm, networkWords, recordAt, recordBytes } from '../../../src/kernel/record.js';
import { anyNetwork } from '../any-network.js';
import { goOn, madeUpRows, madeUpWeights, plainOptions } from '../made-up.js';

const { module } = compileKernel();
const file = findAddonBinary();
const engines = file === null ? [] : loadAddonBinary(file).engines();

/** The state after some epochs, their losses, and what the network measures. */
function train(kernel: Kernel, options: NetworkOptions, rows: number, seed: number): Buffer {
  const { set } = madeUpRows(options, rows, seed);
  const network = createNetworkKernel(kernel, options, { rows: set });
  network.start(madeUpWeights(options, seed + 1));
  const numbers: number[] = [];
  for (let epoch = 0; epoch < 3; epoch++) {
    const plan = { order: [seed, epoch, 1, 0], rate: 0.02, masks: [seed, epoch, 2, 0] } as const;
    numbers.push(network.trainEpoch('rows', plan, goOn) ?? Number.NaN);
  }
  const measured = network.measure('rows', goOn);
  numbers.push(measured?.loss ?? Number.NaN, measured?.correct ?? Number.NaN);
  return Buffer.concat(
    [Float64Array.from(numbers), network.state()].map(({ buffer }) => Buffer.from(buffer)),
  );
}

describe.each(engines)('the engine %s', (engine) => {
  const native: Kernel = { module, addon: { file: file ?? '', engine, minOperations: 0 } };

  const expectSameBits = (options: NetworkOptions, rows: number, seed: number): void => {
    const expected = train({ module, addon: null }, options, rows, seed);
    expect(train(native, options, rows, seed).equals(expected)).toBe(true);
  };

  it('trains any network to the bits of WebAssembly', () => {
    fc.assert(
      fc.property(anyNetwork, fc.constantFrom('f32', 'f64'), ({ options, rows, seed }, precision) =>
        expectSameBits({ ...options, precision }, rows, seed),
      ),
      { numRuns: 150 },
    );
  });

  it('gives the same bits for layers of many panels, and for batches of several blocks', () => {
    const wide = {
      ...plainOptions,
      inputs: 130,
      hidden: [300, 90],
      outputs: 40,
      dropout: 0.5,
      batchSize: 300,
    };
    for (const precision of ['f32', 'f64'] as const) {
      for (const skipZeros of ['always', 'never'] as const) {
        expectSameBits({ ...wide, precision, skipZeros, optimizer: { kind: 'adam' } }, 300, 5);
      }
    }
  });

  it.each([1, 16, 17, 32, 33, 45, 64, 71])('gives the same bits for lists of %i rows', (batchSize) => {
    for (const precision of ['f32', 'f64'] as const) {
      const listed = { ...plainOptions, precision, batchSize, skipZeros: 'always' } as const;
      expectSameBits({ ...listed, inputs: 9, hidden: [37, 6], dropout: 0.5 }, 150, batchSize);
      expectSameBits({ ...listed, inputs: 5, hidden: [263], dropout: 0 }, 90, batchSize);
    }
  });

  it('refuses records, lists and labels that point out of its memory', () => {
    const memory = new ArrayBuffer(65_536);
    const run = loadAddonBinary(file ?? '').bind(memory, engine);
    const network = recordAt(memory, 0, networkForm).words;
    const at = recordBytes(networkForm);
    const inputs = recordAt(memory, at, layerForm).words;
    const layer = recordAt(memory, at + recordBytes(layerForm), layerForm).words;
    const place = (name: (typeof layerForm.words)[number]): number => layerForm.words.indexOf(name);
    const refuses = (operation: number, index = 0, rows = 2): void =>
      expect(() => run(operation, 0, index, rows, 4096, 64)).toThrow('asked to leave its memory');

    expect(() => run(0, 65_528, 0, 2, 4096, 64)).toThrow('asked to leave its memory');
    expect(() => run(0, 4, 0, 2, 4096, 64)).toThrow('asked to leave its memory');
    network[networkWords.layers] = 1;
    network[networkWords.stride] = 64;
    inputs[place('outputsPadded')] = 16;
    inputs[place('rowLists')] = 16_384;
    inputs[place('rowCounts')] = 20_480;
    for (const name of ['inputs', 'inputsPadded', 'outputs', 'outputsPadded'] as const)
      layer[place(name)] = 16;
    layer[place('weights')] = 8192;
    layer[place('values')] = 12_288;
    expect(() => run(0, 0, 0, 2, 4096, 64)).not.toThrow();
    expect(() => run(1, 0, 0, 2, 4096, 64)).not.toThrow();
    refuses(0, 1);
    refuses(0, 0, 1000);

    new Uint32Array(memory)[20_480 / 4] = 1;
    new Uint32Array(memory)[16_384 / 4] = 64;
    refuses(1);
    new Uint32Array(memory)[16_384 / 4] = 60;
    expect(() => run(1, 0, 0, 2, 4096, 64)).not.toThrow();
    layer[place('weights')] = 65_536 - 1023;
    refuses(0);

    const answer = (labels: number) => (): void => run(5, 0, 0, 2, labels, 0);
    layer[place('bias')] = 24_576;
    network[networkWords.labelWidth] = 1;
    network[networkWords.scratch] = 28_672;
    new Float32Array(memory, 32_768).set([15, 0]);
    expect(answer(32_768)).not.toThrow();
    expect(answer(0)).not.toThrow();
    for (const noClass of [16, -1, Number.NaN]) {
      new Float32Array(memory, 32_768).set([noClass]);
      expect(answer(32_768)).toThrow('asked to leave its memory');
    }
    expect(answer(65_532)).toThrow('asked to leave its memory');
    new Float32Array(memory, 32_768).set([0]);
    network[networkWords.scratch] = 65_528;
    expect(answer(32_768)).toThrow('asked to leave its memory');
    expect(answer(0)).not.toThrow();
  });
});
