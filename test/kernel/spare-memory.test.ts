import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNetworkKernel } from '../../src/kernel/create-network-kernel.js';
import { compileKernel } from '../../src/kernel/kernel-module.js';
import type { NetworkOptions } from '../../src/kernel/network-options.js';
import { SpareMemory } from '../../src/kernel/spare-memory.js';
import { anyNetwork } from './any-network.js';
import { goOn, madeUpRows, madeUpWeights, plainOptions } from './made-up.js';

const kernel = compileKernel();

/** What comes out of two epochs, of a measurement and of answers; the memory is given back. */
function train(options: NetworkOptions, rows: number, seed: number, spare: SpareMemory): Float64Array {
  const { set } = madeUpRows(options, rows, seed);
  const network = createNetworkKernel(kernel, options, { rows: set }, undefined, spare);
  network.start(madeUpWeights(options, seed));
  const losses = [1, 2].map(
    (epoch) =>
      network.trainEpoch(
        'rows',
        { order: [seed, epoch, 0, 0], rate: 0.1, masks: [seed, epoch, 1, 0] },
        goOn,
      ) ?? Number.NaN,
  );
  const measured = network.measure('rows', goOn)?.loss ?? Number.NaN;
  const found = Float64Array.of(
    ...losses,
    measured,
    ...network.state(),
    ...(network.predict('rows', goOn) ?? []),
  );
  network.release();
  return found;
}

it('gives a network in the memory of others the bits that it has in a new one', () => {
  const spare = new SpareMemory(kernel);
  fc.assert(
    fc.property(anyNetwork, fc.constantFrom('f32', 'f64'), ({ options, rows, seed }, precision) => {
      const one = { ...options, precision };
      expect(train(one, rows, seed, spare)).toEqual(train(one, rows, seed, new SpareMemory(kernel)));
    }),
    { numRuns: 100 },
  );
});

it('makes a memory only where the last one does not do', () => {
  const spare = new SpareMemory(kernel);
  const make = (hidden: number, rows = 3) => {
    const options: NetworkOptions = { ...plainOptions, hidden: [hidden] };
    return createNetworkKernel(kernel, options, { rows: madeUpRows(options, rows, 1).set }, undefined, spare);
  };
  const bufferOf = (bytes: number): ArrayBuffer => {
    const memory = spare.take(bytes);
    spare.giveBack(memory);
    return memory.buffer;
  };
  make(500).release();
  const kept = bufferOf(65_536);
  make(4).release();
  expect(bufferOf(65_536)).toBe(kept);
  make(5_000).release();
  expect(bufferOf(65_536)).not.toBe(kept);
  // Two networks at the same time have a memory each.
  const [first, second] = [spare.take(65_536), spare.take(65_536)];
  expect(first.buffer).not.toBe(second.buffer);
});
