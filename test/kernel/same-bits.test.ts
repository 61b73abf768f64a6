import { expect, it } from 'vitest';
import { hashOfTenNetworks } from './ten-networks.js';

/**
 * Belongs to `kernelVersion`: if you change one on purpose, change the other. The same on every machine and
 * every version of Node.
 */
const hash = '25d3b2431cfcc69a05bc9232132a8f67';

it('trains ten networks to the very bits that are known', () => {
  expect(hashOfTenNetworks()).toBe(hash);
});

it('gives the same bits whether zeros are skipped or not', () => {
  expect(hashOfTenNetworks({ skipZeros: 'always' })).toBe(hash);
  expect(hashOfTenNetworks({ skipZeros: 'never' })).toBe(hash);
});

it('gives the same bits when saved and restored by another instance', () => {
  expect(hashOfTenNetworks({ resumed: true })).toBe(hash);
});
