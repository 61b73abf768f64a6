import { expect, test, vi } from 'vitest';
import { formatValue } from '../../../src/campaign/format-setting.js';
import type { Parameters, ParameterValue } from '../../../src/campaign/parameters.js';
import type { Snapshot } from '../../../src/views/model/campaign-source.js';
import { leaderboardOf } from '../../../src/views/model/leaderboard.js';
import { textWidth } from '../../../src/views/text/text-width.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { after } from '../scripted-campaign.js';
import { frameOf, linesOf } from './drawn.js';

vi.hoisted(() => {
  process.env.FORCE_COLOR = '1';
});

const values: Readonly<Record<string, readonly ParameterValue[]>> = {
  hidden_units_per_layer: [16, [64, 32], [512, 256, 128]],
  dropout_rate: [0, 0.25, 0.35],
  learning_rate: [0.001, 0.003162, 0.00003981],
  weight_decay: [0, 0.0001, 0.0004642],
  batch_size: [16, 32, 128],
  activation: ['relu', 'tanh', 'sigmoid'],
  lr_schedule: ['constant', 'one cycle', 'cosine with warm restarts'],
};

/** Eight settings of this number of parameters, each on three repeats. */
function searching(parameters: number): Snapshot {
  const names = Object.keys(values).slice(0, parameters);
  const settings = Array.from(
    { length: 8 },
    (_, i): Parameters =>
      Object.fromEntries(
        names.map((name, k) => [name, values[name]?.[(i + Math.floor(i / (k + 1))) % 3] ?? i]),
      ),
  );
  const unlike = settings.filter(
    (one, i) => settings.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === i,
  );
  const specs = unlike.flatMap((setting) => [1, 2, 3].map((repeat) => specOf(setting, { repeat })));
  const running = specs.slice(-2);
  const events = dated([
    { type: 'campaign-started', ...factsOf({ parameters: names, method: 'random' }) },
    planned('search', specs),
    ...specs.slice(0, -2).flatMap((spec, i) => finished(spec, { val_loss: 0.2 + ((i * 37) % 23) / 100 })),
    ...running.flatMap((spec) => finished(spec, { val_loss: 0.5 }, { val_loss: 0.4 }).slice(0, -1)),
  ]);
  return { ...after(events), driver: { slots: 2, state: 'running', message: null } };
}

const sizes = [
  [60, 24],
  [80, 24],
  [120, 40],
] as const;

const cases = [1, 2, 4, 7].flatMap((parameters) =>
  sizes.map(([columns, rows]) => ({ parameters, columns, rows })),
);

test.each(cases)(
  'a comparison of $parameters parameters at $columns columns',
  async ({ parameters, columns, rows }) => {
    const lines = linesOf(frameOf(searching(parameters), { columns, rows }));
    await expect(lines.map((line) => line.trimEnd()).join('\n')).toMatchFileSnapshot(
      `fixtures/parameters/${parameters}-parameters-${columns}x${rows}.txt`,
    );
  },
);

test.each(cases)(
  'the best of $parameters parameters is shown in whole names and values at $columns columns',
  ({ parameters, columns, rows }) => {
    const snapshot = searching(parameters);
    const board = leaderboardOf(snapshot.campaign, 'search');
    const best = board?.contenders.find((one) => one.best);
    const screen = linesOf(frameOf(snapshot, { columns, rows }));
    const from = screen.findIndex((line) => line.includes('best'));
    const all = screen.join('\n');
    const around = screen.slice(from, from + 4).join('\n');
    for (const name of board?.names ?? []) {
      expect(all).toContain(name);
      expect(around).toContain(formatValue(best?.parameters[name]));
    }
    expect(board?.names).toHaveLength(parameters);
  },
);

test('however many there are, the screen stays within the terminal', () => {
  for (const parameters of [1, 2, 4, 7]) {
    const snapshot = searching(parameters);
    for (let columns = 20; columns <= 200; columns += 9) {
      for (const rows of [5, 8, 12, 20, 50]) {
        const lines = linesOf(frameOf(snapshot, { columns, rows }));
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      }
    }
  }
});

test('the names of many running trials stand in several lines at 120 columns, so that none is cut', () => {
  const names = ['learning_rate', 'hidden_units'];
  const specs = Array.from({ length: 16 }, (_, i) =>
    specOf({ learning_rate: 0.001 * (1 + (i % 8)), hidden_units: i }, { repeat: 1 }),
  );
  const events = dated([
    { type: 'campaign-started', ...factsOf({ parameters: names, method: 'random' }) },
    planned('search', specs),
    ...specs.flatMap((spec) => finished(spec, { val_loss: 0.5 }, { val_loss: 0.4 }).slice(0, -1)),
  ]);
  const snapshot: Snapshot = { ...after(events), driver: { slots: 16, state: 'running', message: null } };
  const lines = linesOf(frameOf(snapshot, { columns: 120, rows: 40 }));
  const head = lines.findIndex((line) => /\btrial .*epoch/.test(line));
  const above = lines.slice(head - 2, head + 1).join('\n');
  for (const name of names) expect(above).toContain(name);
});

test('the list of trials at 60 columns has whole names above narrow columns', () => {
  const lines = linesOf(frameOf(searching(4), { columns: 60, rows: 30, key: 't' }));
  const first = lines.findIndex((line) => line.includes('#'));
  const head = lines.slice(0, first).join('\n');
  for (const name of ['val_loss', 'hidden_units_per_layer', 'dropout_rate', 'learning_rate'])
    expect(head).toContain(name);
  expect(head).not.toContain('…');
});
