import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { DriverState, Snapshot } from '../../../src/views/model/campaign-source.js';
import { wholeHistory } from '../../../src/views/model/history.js';
import { textWidth } from '../../../src/views/text/text-width.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { after, scriptedEvents } from '../scripted-campaign.js';
import { type ScriptOptions, scriptOf } from '../scripts.js';
import { frameOf, linesOf } from './drawn.js';

vi.hoisted(() => {
  process.env.FORCE_COLOR = '1';
});

const events = [...scriptedEvents(scriptOf())];

function snapshotAt(count: number, state: DriverState = 'running', all = events, slots = 2): Snapshot {
  return { ...after(all.slice(0, count)), driver: { slots, state, message: null } };
}

function text(snapshot: Snapshot, columns: number, rows: number): string {
  return linesOf(frameOf(snapshot, { columns, rows }))
    .map((line) => line.trimEnd())
    .join('\n');
}

const stages = { growing: 300, 'growing-on': 700, dropout: 1000, confirming: 1650, finishing: 1765 };

test.each(
  Object.entries(stages).flatMap(([stage, count]) =>
    [
      [60, 20],
      [80, 24],
      [120, 40],
      [200, 60],
    ].map(([columns = 0, rows = 0]) => ({ stage, count, columns, rows })),
  ),
)('the screen while $stage at $columns x $rows', async ({ stage, count, columns, rows }) => {
  await expect(text(snapshotAt(count), columns, rows)).toMatchFileSnapshot(
    `fixtures/stages/${stage}-${columns}x${rows}.txt`,
  );
});

test('the screen of a grid is a leaderboard, the best first', async () => {
  const all = [...scriptedEvents(scriptOf({ method: 'grid', slots: 16, learningRates: [0.001, 0.01] }))];
  await expect(text(snapshotAt(2500, 'running', all, 16), 100, 40)).toMatchFileSnapshot(
    'fixtures/grid-100x40.txt',
  );
});

const scripts = fc.record({
  sizes: fc
    .uniqueArray(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 14 })
    .map((sizes) => sizes.sort((a, b) => a - b)),
  rates: fc.constantFrom([0], [0, 0.5], [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]),
  learningRates: fc.constantFrom([0.003], [0.00030000001, 0.003, 0.03]),
  slots: fc.constantFrom(1, 3, 16, 40),
  method: fc.constantFrom('grid' as const, 'fit_first' as const),
  fits: fc.constantFrom(1, 32, Number.POSITIVE_INFINITY),
});

const drivers = fc.constantFrom<DriverState>(
  'running',
  'paused',
  'draining',
  'stopping',
  'watching',
  'ended',
);

test('the screen is never wider or taller than the terminal, whatever the campaign and its state', () => {
  fc.assert(
    fc.property(
      scripts,
      fc.double({ min: 0, max: 1, noNaN: true }),
      drivers,
      fc.integer({ min: 30, max: 220 }),
      fc.integer({ min: 5, max: 60 }),
      fc.constantFrom('', '?', 'h', '\r'),
      (options: ScriptOptions, share, state, columns, rows, key) => {
        const all = [...scriptedEvents(scriptOf({ ...options, epochs: 5 }))];
        const snapshot = snapshotAt(Math.round(share * all.length), state, all, options.slots ?? 1);
        const lines = linesOf(frameOf(snapshot, { columns, rows, key }));
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      },
    ),
    { numRuns: 60 },
  );
});

test('nor is any of its pages, whatever is in them', () => {
  const spec = specOf({ hidden: '名前'.repeat(30), 'a\u001b[31m very long name': 'x'.repeat(100) });
  const facts = factsOf({ parameters: Object.keys(spec.parameters), name: 'n'.repeat(300) });
  const other = specOf({ hidden: 'b', 'a\u001b[31m very long name': '\n\t' });
  const nasty = dated([
    { type: 'campaign-started', ...facts },
    planned(`stage ${'s'.repeat(90)}`, [spec, other]),
    ...finished(spec, { val_loss: 1e-300 }),
    ...finished(other, { val_loss: -1e300 }),
  ]);
  const snapshot = snapshotAt(99, 'running', nasty);
  const history = wholeHistory(snapshot).lines;
  for (const columns of [40, 60, 80, 120]) {
    for (const key of ['', 'h', '?', '\r']) {
      const frame = frameOf(snapshot, { columns, rows: 24, history, key });
      for (const line of linesOf(frame)) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      expect(frame).not.toContain('\u001b[31m very');
    }
  }
});

test('without colour the same is said, in the same places', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  const colours = /\u001b\[(3[0-7]|4[0-7]|9[0-7]|38|48)[;m]/;
  for (const count of Object.values(stages)) {
    const [with_, without] = [true, false].map((colour) =>
      frameOf(snapshotAt(count), { columns: 80, rows: 24, colour }),
    );
    expect(with_).toMatch(colours);
    expect(without).not.toMatch(colours);
    const said = (frame: string): string[] => linesOf(frame).map((line) => line.trimEnd());
    expect(said(without ?? '')).toEqual(said(with_ ?? ''));
  }
});

test('a question mark shows what keys and signs mean', () => {
  const frame = linesOf(frameOf(snapshotAt(1000), { columns: 80, rows: 24, key: '?' })).join('\n');
  expect(frame).toContain('pause: no new trials start');
  expect(frame).not.toContain('Running');
});

test('the help is whole at 60 columns and 30 rows', () => {
  const frame = linesOf(frameOf(snapshotAt(1000), { columns: 60, rows: 30, key: '?' })).join('\n');
  expect(frame).toContain('about 5 min');
  expect(frame).not.toContain('…');
});

test('where the stages do not fit into the line, the current one has its name', () => {
  const [, steps] = linesOf(frameOf(snapshotAt(stages.dropout), { columns: 45, rows: 20 }));
  expect(steps).toMatch(/^ ● ◐ dropout ○ ○ +\d+\/\d+ trials$/);
});

test('a campaign of which nothing is known yet is being prepared', () => {
  expect(text(snapshotAt(0), 80, 24)).toContain('preparing');
});

test('what the driver does is said in words', () => {
  expect(text(snapshotAt(1000, 'paused'), 80, 24)).toContain('paused · p resume');
  expect(text(snapshotAt(1000, 'draining'), 80, 24)).toContain(
    'finishing 2 running trials, then stopping · q stop at once',
  );
  expect(text(snapshotAt(1000, 'watching'), 80, 24)).toContain('watching · ↑↓ select · q close');
});

test('what the driver has to say stands in place of the method’s sentence', () => {
  const snapshot = snapshotAt(1000);
  const driver = { ...snapshot.driver, message: 'The disk is full.' };
  expect(text({ ...snapshot, driver }, 80, 24)).toContain('The disk is full.');
});
