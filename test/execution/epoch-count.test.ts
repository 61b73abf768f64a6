import { describe, expect, it } from 'vitest';
import { EpochCount } from '../../src/execution/epoch-count.js';

const counted = (...given: readonly (number | undefined)[]): number[] => {
  const epochs = new EpochCount();
  return given.map((one) => epochs.next(one));
};

describe('the epochs of reports', () => {
  it('count by themselves where nothing is said', () => {
    expect(counted(undefined, undefined, undefined)).toEqual([1, 2, 3]);
  });

  it('are what is said', () => {
    expect(counted(1, 5, undefined, 9)).toEqual([1, 5, 6, 9]);
  });

  it('are one higher than is said where the first is 0', () => {
    expect(counted(0, 1, undefined, 9)).toEqual([1, 2, 3, 10]);
  });

  it('are not set right where a later one is 0, which is for the reader to refuse', () => {
    expect(counted(1, 2, 0)).toEqual([1, 2, 0]);
  });
});
