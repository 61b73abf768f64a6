import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, paint, type Shown } from '../../../../src/views/screen/terminal/frame-writer.js';
import { EmulatedTerminal } from '../emulated-terminal.js';

/** Frames as the screen draws them: no line wider than the terminal. */
function frames(columns: number) {
  const line = fc.string({ maxLength: columns, unit: fc.constantFrom('a', ' ', '█', '─', '7') });
  return fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
}

const scenes = fc
  .array(
    fc.record({
      columns: fc.integer({ min: 5, max: 40 }),
      rows: fc.integer({ min: 2, max: 10 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .chain((sizes) =>
    fc.tuple(
      ...sizes.map((size) =>
        fc.array(frames(size.columns), { minLength: 1, maxLength: 4 }).map((drawn) => ({ ...size, drawn })),
      ),
    ),
  );

test('a terminal shows the last frame and nothing of those before, however its size changes', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async (scene) => {
      const terminal = new EmulatedTerminal(80, 24);
      terminal.write('what-was-before\n\u001b[?1049h');
      let shown: Shown | null = null;
      for (const { columns, rows, drawn } of scene) {
        terminal.resize(columns, rows);
        for (const frame of drawn) {
          terminal.write(paint(shown, frame, { columns, rows }));
          shown = { columns, rows, lines: linesOf(frame, rows) };
        }
        const lines = (drawn.at(-1) ?? '').split('\n').map((line) => line.trimEnd());
        const expected = Array.from({ length: rows }, (_, row) => lines[row] ?? '');
        expect(await terminal.screen()).toEqual(expected);
      }
      terminal.write('\u001b[?1049l');
      // A narrow terminal may have broken it.
      expect((await terminal.everything()).replaceAll('\n', '')).toBe('what-was-before');
    }),
  );
});

test('what stays the same is not written again', () => {
  const size = { columns: 20, rows: 5 };
  const shown = { ...size, lines: ['first', 'second', 'third'] };
  expect(paint(shown, 'first\nsecond\nthird', size)).toBe('');
  const written = paint(shown, 'first\nchanged\nthird', size);
  expect(written).toContain('changed');
  expect(written).not.toContain('first');
  expect(written).not.toContain('third');
});

test('the screen is cleared only when its size changed or nobody knows what it shows', () => {
  const size = { columns: 20, rows: 5 };
  const shown = { ...size, lines: ['first'] };
  expect(paint(null, 'first', size)).toContain('\u001b[2J');
  expect(paint(shown, 'first', { columns: 21, rows: 5 })).toContain('\u001b[2J');
  expect(paint(shown, 'second', size)).not.toContain('\u001b[2J');
});
