import { expect, test } from 'vitest';
import { staggeredHeaders } from '../../../../src/views/screen/layout/staggered-headers.js';

const any = Number.POSITIVE_INFINITY;

test('names that fit beside each other stand in one line', () => {
  const flags = [
    { name: 'hidden', start: 0 },
    { name: 'dropout', start: 8 },
  ];
  expect(staggeredHeaders(flags, any)).toEqual(['hidden  dropout']);
});

test('a name that would run into others stands over them, whole, and a line leads down from it', () => {
  const flags = [
    { name: 'hidden', start: 0 },
    { name: 'learning_rate', start: 4 },
    { name: 'dropout', start: 11 },
  ];
  expect(staggeredHeaders(flags, any)).toEqual(['hidden', '│   learning_rate', '│   │      dropout']);
});

test('one that does not run into any stands at the bottom, whatever the others do', () => {
  const flags = [
    { name: 'rate', start: 0 },
    { name: 'learning_rate', start: 6 },
    { name: 'dropout', start: 13 },
    { name: 'seed', start: 22 },
  ];
  expect(staggeredHeaders(flags, any)).toEqual(['      learning_rate', 'rate  │      dropout  seed']);
});

test('where there is too little height the lowest names are cut to what is left between them', () => {
  const flags = [
    { name: 'hidden', start: 0 },
    { name: 'learning_rate', start: 4 },
    { name: 'dropout', start: 11 },
  ];
  expect(staggeredHeaders(flags, 2)).toEqual(['hi… learning_rate', '│   │      dropout']);
  expect(staggeredHeaders(flags, 1)).toEqual(['hi… learn… dropout']);
});
