import { describe, expect, it } from 'vitest';
import { makespan } from '../../src/forecast/probe-trials.js';

describe('the time of a batch', () => {
  it('is that of its trials one after another, each in the slot that is free first', () => {
    expect(makespan([3, 1, 1, 4], 2)).toBe(6);
    expect(makespan([3, 1, 1, 4], 1)).toBe(9);
    expect(makespan([3, 1, 1, 4], 9)).toBe(4);
    expect(makespan([], 2)).toBe(0);
  });
});
