import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import { drawSettings, type SearchSpace } from '../../../src/campaign/search-space.js';
import { OptunaStudy } from '../../../src/outlets/optuna/optuna-study.js';
import { emptyFolder } from '../../support/command-line.js';
import { dated, factsOf, finished, keyOf, planned, specOf } from '../../views/campaigns.js';
import { replay } from '../replay.js';

/** Debian's Python, which may have Optuna. */
const PYTHON = process.env.FITFIRST_OPTUNA_PYTHON ?? '/usr/bin/python3';
const run = promisify(execFile);

const isThere = (library: string): Promise<boolean> =>
  run(PYTHON, ['-c', `import ${library}`]).then(
    () => true,
    () => false,
  );
const hasOptuna = await isThere('optuna');
const wanted = [
  ...((await isThere('sklearn')) ? ['importance'] : []),
  ...((await isThere('plotly')) ? ['plots'] : []),
];

const space: SearchSpace = {
  hidden: { kind: 'values', values: [8, 16, 32], probabilities: null },
  widths: { kind: 'values', values: [[64, 32], [32]], probabilities: null },
  activation: { kind: 'values', values: ['relu', 'tanh'], probabilities: null },
  epochs: { kind: 'fixed', value: 3 },
  momentum: { kind: 'uniform', min: 0, max: 1 },
  layers: { kind: 'int_uniform', min: 1, max: 4 },
  dropout: { kind: 'q_uniform', min: 0, max: 0.55, q: 0.1 },
  batch: { kind: 'q_uniform', min: 16, max: 64, q: 16 },
  learning_rate: { kind: 'log_uniform_values', min: 0.001, max: 0.1 },
  units: { kind: 'q_log_uniform_values', min: 4, max: 512, q: 4 },
  noise: { kind: 'normal', mu: 0, sigma: 1, bounds: null },
  decay: { kind: 'q_normal', mu: 1, sigma: 0.5, q: 0.25, bounds: { min: 0, max: 2 } },
  slope: { kind: 'uniform', min: 0.1, max: 0.3, when: { activation: ['relu'] } },
};
const facts = factsOf({ parameters: Object.keys(space), space });
const settings = drawSettings(space, 1, 40);
const specs = settings.flatMap((setting) => [specOf(setting), specOf(setting, { repeat: 2 })]);
const [odd = specOf({}), ...usual] = specs;
const [diverged, failed, stopped, pruned, running, ...rest] = usual;
const waiting = rest.at(-1);

function loss(spec: (typeof specs)[number]): number {
  return Number(spec.parameters.momentum) + 0.1 * Number(spec.parameters.layers) + 0.01 * spec.repeat;
}

function events(): CampaignEvent[] {
  if (!diverged || !failed || !stopped || !pruned || !running || !waiting) return [];
  const about = (spec: typeof odd, attempt = 1) => ({ trial: keyOf(spec), attempt }) as const;
  const report = (epoch: number, value: number) => ({ epoch, metrics: { val_loss: value, state: 7 } });
  return [
    { type: 'campaign-started', ...facts },
    planned('search', specs),
    // Tried twice: what the first attempt reported counts for nothing.
    { type: 'trial-started', ...about(odd) },
    { type: 'trial-reported', ...about(odd), report: report(1, 9) },
    { type: 'trial-reported', ...about(odd), report: report(2, 9) },
    { type: 'attempt-failed', ...about(odd), code: 'signal', message: 'SIGKILL' },
    { type: 'trial-started', ...about(odd, 2) },
    { type: 'trial-reported', ...about(odd, 2), report: report(1, 0.25) },
    { type: 'trial-finished', ...about(odd, 2), reason: 'complete', evaluation: null },
    { type: 'trial-started', ...about(diverged) },
    { type: 'trial-reported', ...about(diverged), report: report(1, 3) },
    { type: 'trial-diverged', ...about(diverged), epoch: 2 },
    { type: 'trial-started', ...about(failed) },
    { type: 'trial-failed', ...about(failed), code: 'exit', message: 'exit code 1\n"quoted"' },
    { type: 'trial-stopped', trial: keyOf(stopped), reason: 'person' },
    { type: 'trial-started', ...about(pruned) },
    { type: 'trial-reported', ...about(pruned), report: report(1, 5) },
    { type: 'trial-finished', ...about(pruned), reason: 'stopped-early', evaluation: null },
    { type: 'trial-started', ...about(running) },
    { type: 'trial-reported', ...about(running), report: report(1, 2) },
    ...rest
      .slice(0, -1)
      .flatMap((spec) => finished(spec, { val_loss: 2 * loss(spec) }, { val_loss: loss(spec) })),
  ];
}

interface ReadTrial {
  readonly number: number;
  readonly state: string;
  readonly value: number | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly distributions: Readonly<Record<string, string>>;
  readonly holds: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly intermediate: Readonly<Record<string, number>>;
  readonly start: string | null;
  readonly complete: string | null;
}

interface ReadStudy {
  readonly name: string;
  readonly direction: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly best: number;
  readonly trials: readonly ReadTrial[];
  readonly importance: Readonly<Record<string, number>> | null;
  readonly plots: Readonly<Record<string, string>> | null;
}

/** What Optuna reads from the lines of campaigns. */
async function readBack(...campaigns: readonly (readonly CampaignEvent[])[]): Promise<ReadStudy[]> {
  await using folder = await emptyFolder();
  const paths = campaigns.map((_, number) => join(folder.path, `${number}.log`));
  for (const [number, events] of campaigns.entries()) {
    const study = new OptunaStudy();
    const lines: string[] = [];
    replay(dated(events), (entry, state) => lines.push(study.linesFor(entry, state)));
    await writeFile(paths[number] ?? '', lines.join(''));
  }
  const script = fileURLToPath(new URL('read-study.py', import.meta.url));
  const { stdout } = await run(PYTHON, [script, ...wanted, ...paths], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout);
}

const beyond = specOf({ ...odd.parameters, hidden: 64 });
const reopenedEvents = (): CampaignEvent[] => [
  ...events(),
  planned('search', [beyond]),
  { type: 'trial-reopened', trial: keyOf(failed ?? odd) },
];

describe.skipIf(!hasOptuna)(`the study that Optuna reads${hasOptuna ? '' : ' (skipped: no Optuna)'}`, () => {
  let study: ReadStudy;
  let reopened: ReadStudy;
  let extended: ReadStudy;
  beforeAll(async () => {
    const extension = [{ type: 'campaign-extended', ...facts } as const, planned('search', [odd, beyond])];
    const read = await readBack(events(), reopenedEvents(), [...reopenedEvents(), ...extension]);
    const [first, second, third] = read;
    if (!first || !second || !third) throw new Error('three studies were written');
    [study, reopened, extended] = [first, second, third];
  });

  it('has the trials of the campaign with states, values, parameters, curves and times', () => {
    expect(study).toMatchObject({ name: 'small', direction: 'MINIMIZE', attributes: { method: 'grid' } });
    expect(study.trials.map(({ number }) => number)).toEqual(specs.map((_, place) => place));
    expect(study.trials.every(({ holds }) => holds)).toBe(true);
    const plain = (value: unknown) => (Array.isArray(value) ? JSON.stringify(value) : value);
    for (const [place, { params, attributes }] of study.trials.entries()) {
      const { parameters, repeat } = specs[place] ?? odd;
      expect(params).toEqual(
        Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, plain(value)])),
      );
      expect(attributes).toMatchObject({ repeat, stage: 'search' });
    }
    expect(study.trials.slice(0, 7).map(({ state, value }) => [state, value])).toEqual([
      ['COMPLETE', 0.25],
      ['FAIL', null],
      ['FAIL', null],
      ['FAIL', null],
      ['PRUNED', 5],
      ['RUNNING', null],
      ['COMPLETE', loss(rest[0] ?? odd)],
    ]);
    expect(study.trials.at(-1)).toMatchObject({ state: 'WAITING', start: null, complete: null });
    expect(study.trials[0]).toMatchObject({
      intermediate: { 1: 0.25 },
      attributes: { state: 'finished', reason: 'complete', metric_state: 7, epochs: 1, best_epoch: 1 },
      start: '2026-01-02T00:00:06',
      complete: '2026-01-02T00:00:08',
    });
    expect(study.trials[2]).toMatchObject({
      attributes: { reason: 'exit', message: 'exit code 1\n"quoted"' },
    });
    expect(study.trials[6]?.intermediate).toEqual({
      1: 2 * loss(rest[0] ?? odd),
      2: loss(rest[0] ?? odd),
    });
  });

  it('has a distribution for each kind of domain', () => {
    const [trial] = study.trials;
    const distributions = Object.entries(trial?.distributions ?? {}).map(([name, json]) => {
      const { name: kind, attributes } = JSON.parse(json);
      return [name, [kind.replace('Distribution', ''), ...Object.values(attributes)]];
    });
    expect(Object.fromEntries(distributions)).toEqual({
      hidden: ['Categorical', [8, 16, 32]],
      widths: ['Categorical', ['[64,32]', '[32]']],
      activation: ['Categorical', ['relu', 'tanh']],
      epochs: ['Int', false, 1, 3, 3],
      momentum: ['Float', null, 0, 1, false],
      layers: ['Int', false, 1, 1, 4],
      dropout: ['Float', 0.1, 0, 0.5, false],
      batch: ['Int', false, 16, 16, 64],
      learning_rate: ['Float', null, 0.001, 0.1, true],
      units: ['Int', true, 1, 4, 512],
      noise: ['Float', null, -10, 10, false],
      decay: ['Float', 0.25, 0, 2, false],
      slope: ['Float', null, 0.1, 0.3, false],
    });
  });

  it.skipIf(!wanted.includes('importance'))('gives its fANOVA the parameters that matter', () => {
    const { importance } = study;
    const [first, second] = Object.entries(importance ?? {}).sort(([, a], [, b]) => b - a);
    expect([first?.[0], second?.[0]]).toEqual(['momentum', 'layers']);
  });

  it.skipIf(!wanted.includes('plots'))('is drawn by all plots of one metric', () => {
    const { plots } = study;
    expect(new Set(Object.values(plots ?? {}))).toEqual(new Set(['Figure']));
    expect(Object.keys(plots ?? {})).toHaveLength(7);
  });

  it('begins again where values leave their domain, a trial is reopened or the campaign is extended', () => {
    expect(reopened.trials[2]).toMatchObject({ state: 'WAITING' });
    expect(reopened.trials).toHaveLength(specs.length + 1);
    expect(extended.trials.map(({ state, value }) => [state, value])).toEqual([
      ['COMPLETE', 0.25],
      ['WAITING', null],
    ]);
    expect(extended.trials[0]).toMatchObject({ intermediate: { 1: 0.25 }, start: '2026-01-02T00:00:06' });
    expect(extended.trials[1]?.distributions.hidden).toContain('[8, 16, 32, 64]');
  });
});
