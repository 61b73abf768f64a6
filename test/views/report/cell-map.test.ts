import { expect, test } from 'vitest';
import { drawPlot } from '../../../src/views/report/plot/draw-plot.js';

/** A map of two rows and two columns whose fields have these strengths, by column and then by row. */
function mapOf(strengths: readonly number[], hasContours: boolean, texts = ['1', '2', '3', '4']): string {
  const labels = ['a', 'b'];
  const cells = strengths.map((strength, i) => ({
    x: Math.floor(i / 2),
    y: i % 2,
    strength,
    text: texts[i] ?? '',
    role: 'chosen' as const,
    tip: '',
  }));
  const axis = { kind: 'places', name: '', labels } as const;
  const plot = { x: axis, y: axis, layers: [{ kind: 'cells', hasContours, cells } as const] };
  return drawPlot(plot, { width: 140, height: 200 }, 'a map').text;
}

const contours = (drawing: string): number => drawing.match(/<path [^>]*stroke="var\(--ink\)"/g)?.length ?? 0;
const numbers = (drawing: string): string[] =>
  [...drawing.matchAll(/<text [^>]*fill="var\(--ink\)"[^>]*>([^<]*)</g)].map(([, text = '']) => text);

test('contours lie between fields of different levels and nowhere else', () => {
  expect(contours(mapOf([0, 0, 0, 0], true))).toBe(0);
  expect(contours(mapOf([0, 0, 1, 1], true))).toBe(2);
  expect(contours(mapOf([0, 1, 0, 1], true))).toBe(2);
  expect(contours(mapOf([0, 0.5, 0.5, 1], true))).toBe(4);
  expect(contours(mapOf([0, 0.5, 0.5, 1], false))).toBe(0);
  expect(contours(mapOf([0, 1], true))).toBe(1);
});

test('fields have numbers only if most of them have room for theirs', () => {
  const long = '0.123456789';
  expect(numbers(mapOf([0, 0, 0, 0], false))).toEqual(['1', '2', '3', '4']);
  expect(numbers(mapOf([0, 0, 0, 0], false, ['1', '2', '3', long]))).toEqual(['1', '2', '3']);
  expect(numbers(mapOf([0, 0, 0, 0], false, ['1', long, long, long]))).toEqual([]);
});
