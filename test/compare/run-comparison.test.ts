import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareComparison } from '../../src/app/compare/prepare-comparison.js';
import { type ComparisonRun, runComparison } from '../../src/app/compare/run-comparison.js';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import { runConfig } from '../../src/app/run-config.js';
import type { JudgedRun } from '../../src/compare/compare-result.js';
import { createControls } from '../../src/runner/controls.js';
import type { EntryListener } from '../../src/runner/store.js';
import { formatComparison } from '../../src/views/compare/format-comparison.js';

const CONFIG = `
seed: 5
data: {generate: moons, rows: 70, noise: 0.3, split: {validation: 0.3, test: 0.2}}
parameters:
  hidden: {values: [2, 6, 12]}
  dropout: {values: [0, 0.3]}
  learning_rate: {values: [0.02, 0.2]}
  batch_size: {value: 16}
  epochs: {value: 6}
repeats: {first: 1, most: 2}
executor: in_process
method: fit_first
fit_first: {grow: hidden, dropout: [dropout], fit: {reach: 0.9, repeats: 2}}
`;
const PROMISED = [
  'compare.csv',
  'compare-replays.csv',
  'compare.json',
  'trials.csv',
  'epochs.csv',
  'summary.json',
];
const choice = { settings: 100, repeats: 6, draws: 5 };

let folder = '';
let config = '';
/** The same campaign in threads. */
let threads = '';
let first: ComparisonRun;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitfirst-compare-'));
  config = join(folder, 'small.yaml');
  threads = join(folder, 'threads.yaml');
  await writeFile(config, CONFIG);
  await writeFile(threads, `name: small\n${CONFIG.replace('in_process', 'threads')}`);
  first = await compare('first');
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function compare(
  name: string,
  options: Partial<Parameters<typeof runComparison>[1]> = {},
  { chosen = choice, path = config } = {},
): Promise<ComparisonRun> {
  const comparison = prepareComparison(await prepareCampaign(path), chosen);
  return runComparison(comparison, { out: join(folder, name), reuse: join(folder, 'none'), ...options });
}

const files = (name: string): Promise<string[]> =>
  Promise.all(PROMISED.map((file) => readFile(join(folder, name, file), 'utf8')));

describe('a comparison', () => {
  it('gives the same bytes for 1, 2 and 4 workers', async () => {
    const expected = await files('first');
    for (const workers of [1, 2, 4]) {
      await compare(`workers-${workers}`, { workers }, { path: threads });
      expect(await files(`workers-${workers}`)).toEqual(expected);
    }
  });

  it('gives the same bytes when it is interrupted and resumed', async () => {
    const finished = new Set<string>();
    let stops = 0;
    for (;;) {
      const controls = createControls();
      const before = finished.size;
      const onEntry: EntryListener = ({ event }) => {
        // Entries of earlier runs come first, and trials that run at the stop still finish.
        if (event.type === 'trial-finished') finished.add(event.trial);
        if (finished.size >= before + 20) controls.stop();
      };
      const options = { workers: 2, controls, onEntry };
      const { compared } = await compare('interrupted', options, { path: threads });
      if (compared !== null) break;
      stops += 1;
    }
    expect(stops).toBeGreaterThan(1);
    expect(await files('interrupted')).toEqual(await files('first'));
  });

  it('reuses the trials of campaigns with the same training identity, and gives the same bytes', async () => {
    await runConfig(config, { out: join(folder, 'others', 'campaign') });
    const { run } = await compare('reusing', { reuse: join(folder, 'others') });
    expect(run.reused).toBeGreaterThan(5);
    expect(await files('reusing')).toEqual(await files('first'));
  });

  it('goes on with its trials when it gets more repeats', async () => {
    const { run } = await compare('first', {}, { chosen: { ...choice, repeats: 7 } });
    const earlier = first.run.campaign.trials;
    const kept = [...run.campaign.trials].filter(([key, { attempts }]) => earlier.has(key) && attempts === 1);
    expect(kept.length).toBeGreaterThan(70);
    await rm(join(folder, 'first'), { recursive: true });
    first = await compare('first');
  });

  it('gives the event loop a turn between replays, so that signals and the screen need not wait', async () => {
    const { method } = prepareComparison(await prepareCampaign(config), choice);
    const stopped = AbortSignal.abort();
    await method.prepare(first.run.campaign, stopped);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    await method.prepare(first.run.campaign, new AbortController().signal);
    clearImmediate(next);
    const methods = first.compared?.result.methods.length ?? Number.NaN;
    expect(turns).toBeGreaterThan(choice.draws * (methods - 1));
  });

  it('scores choices on the test part without a look at it by any method', () => {
    const { result, runs } = first.compared ?? { result: null, runs: [] };
    expect(result?.testMetric).toBe('test_loss');
    const scored = new Set(runs.flatMap(({ method, testScore }) => (testScore === null ? [] : [method])));
    expect([...scored].sort()).toEqual([...['fit_first', 'fit_first, strict', 'grid', 'random, same cost']]);
    expect(runs.every(({ testScore }) => testScore === null || Number.isFinite(testScore))).toBe(true);
  });

  it('lets trials of all methods end early as the config says, and trains its table to the end', async () => {
    const path = join(folder, 'patient.yaml');
    await writeFile(path, `${CONFIG}stop_early: {patience: 0.2}\n`);
    const { run, compared } = await compare('patient', {}, { path });
    const epochsOf = (runs: readonly JudgedRun[], method: string): number =>
      runs.filter((one) => one.method === method).reduce((sum, { epochs }) => sum + epochs, 0);
    for (const method of ['grid', 'fit_first', 'random 8'])
      expect(epochsOf(compared?.runs ?? [], method)).toBeLessThan(
        epochsOf(first.compared?.runs ?? [], method),
      );
    const table = [...run.campaign.trials.values()].filter(({ stage }) => stage === 'table');
    expect(table.map(({ reports }) => reports.size)).toEqual(table.map(({ spec }) => spec.epochs));
  });

  it('holds the grid against itself: no regret', () => {
    const grid = first.compared?.result.methods.find(({ method }) => method === 'grid');
    expect(grid).toMatchObject({ saving: 1, trials: 48, regret: { mean: 0, low: 0, high: 0 } });
  });

  it.each([60, 80, 120])('is shown within %i columns', (width) => {
    const { compared, seconds } = first;
    if (compared === null) throw new TypeError('it has a result');
    const lines = formatComparison(compared.result, { width, seconds }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.some((line) => line.startsWith('fit_first, strict'))).toBe(true);
  });

  it('draws a page without scripts', async () => {
    const page = await readFile(join(folder, 'first', 'compare.html'), 'utf8');
    expect(page).not.toContain('<script');
    expect(page.match(/<svg/g)?.length).toBe(4);
    expect(page).toContain('random, same cost');
  });

  it('judges on as many repeats as it is asked to, and refuses to judge on all', async () => {
    const prepared = await prepareCampaign(config);
    expect(prepareComparison(prepared, choice).method.options).toMatchObject({ selection: 4, race: 2 });
    const judged = prepareComparison(prepared, { ...choice, judges: 5 });
    expect(judged.method.options).toMatchObject({ selection: 1, race: 1 });
    expect(() => prepareComparison(prepared, { ...choice, judges: 6 })).toThrow(
      '--judges 6 of --repeats 6 leaves none to choose on; at most 5 can judge.',
    );
  });

  it('refuses a config with another method, and a table that is too small', async () => {
    const other = join(folder, 'other.yaml');
    await writeFile(other, CONFIG.replace(/method: fit_first\n.*\n/, 'method: grid\n'));
    const prepared = await prepareCampaign(other);
    expect(() => prepareComparison(prepared, choice)).toThrow(
      `${other}:12:1  compare needs method: fit_first, which says what grows and what is dropout; found method: grid.`,
    );
    const own = await prepareCampaign(config);
    expect(() => prepareComparison(own, { ...choice, settings: 5 })).toThrow(
      'The table has at most --settings 5 settings, but 6 combinations of sizes and dropout rates. ' +
        'Use --settings 6 or more, or list fewer sizes or rates.',
    );
  });
});
