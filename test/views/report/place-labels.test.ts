import { expect, test } from 'vitest';
import { labelsBelow } from '../../../src/views/report/plot/place-labels.js';

test('labels that do not fit in one line take two, broken after a space or a dash near the middle', () => {
  const labels = ['0.0022–0.0038', 'a long setting', 'short'];
  expect(labelsBelow(labels, 600)).toEqual({ labels, turned: 0 });
  expect(labelsBelow(labels, 270)).toEqual({
    labels: ['0.0022–\n0.0038', 'a long\nsetting', 'short'],
    turned: 0,
  });
  expect(labelsBelow(labels, 120).turned).toBe(45);
  expect(labelsBelow(labels, 60)).toEqual({ labels, turned: 90 });
});
