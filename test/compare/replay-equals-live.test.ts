import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMethod } from '../../src/app/create-method.js';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import { runConfig } from '../../src/app/run-config.js';
import type { Campaign } from '../../src/campaign/campaign.js';
import { canonicalJson } from '../../src/campaign/canonical-json.js';
import { isSettled, type Settled, type Trial } from '../../src/campaign/trial.js';
import { replay } from '../../src/compare/replay.js';
import { ResultsTable } from '../../src/compare/results-table.js';

const campaign = (method: string, repeats = '{first: 1, most: 2}', confirm = 'confirm: 2'): string => `
seed: 5
data: {generate: moons, rows: 90, noise: 0.3, split: {validation: 0.3, test: 0}}
parameters:
  hidden: {values: [2, 6, 12]}
  dropout: {values: [0, 0.3]}
  learning_rate: {values: [0.02, 0.2]}
  batch_size: {value: 16}
  epochs: {value: 9}
repeats: ${repeats}
executor: in_process
${confirm}
${method}
`;

const fitFirst = (more: string): string => `method: fit_first
fit_first: {grow: hidden, dropout: [dropout], confirm: 2, fit: {reach: 0.9, repeats: 2}${more}}`;

/** Methods with what they need beyond their names. */
const METHODS: Readonly<Record<string, string>> = {
  'fit_first with growing on': campaign(fitFirst(''), undefined, ''),
  'strict fit_first': campaign(fitFirst(', strict: true'), undefined, ''),
  'random search': campaign('method: {random: {trials: 6}}'),
  'Sobol points': campaign('method: {sobol: {trials: 8}}'),
  TPE: campaign('method: {tpe: {trials: 9, start: 4, window: 3}}'),
  hyperband: campaign('method: {hyperband: {min_epochs: 1, max_epochs: 9}}'),
  'the grid with fixed repeats': campaign('method: grid', '2'),
  'fit_first with patience': campaign(`${fitFirst('')}\nstop_early: {patience: 0.2}`, undefined, ''),
  'TPE with patience': campaign(
    'method: {tpe: {trials: 9, start: 4, window: 3}}\nstop_early: {patience: 0.3}',
  ),
  'random search whose trials fall behind': campaign(
    'method: {random: {trials: 12}}\nstop_early: {percentile: 10, warmup: 0, window: 1}',
  ),
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitfirst-compare-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(name: string, text: string): Promise<{ config: string; ran: Campaign }> {
  const config = join(folder, `${name.replaceAll(' ', '-')}.yaml`);
  await writeFile(config, text);
  const { campaign: ran } = await runConfig(config, { out: `${config}.results` });
  return { config, ran };
}

const searched = (trials: Iterable<Trial>): Settled[] =>
  [...trials].filter(isSettled).filter(({ spec }) => spec.finish === null);

/** What decides: the spec, how it ended, and all that it reported. */
const facts = (trial: Settled): string =>
  canonicalJson({
    spec: { ...trial.spec, bounds: trial.spec.bounds?.map((bound) => ({ ...bound })) ?? null },
    state: trial.state,
    reason: trial.state === 'finished' ? trial.reason : null,
    reports: trial.reports.toArray(),
  });

const hasEndedEarly = (trial: Settled): boolean =>
  trial.state === 'finished' && (trial.reason === 'patience' || trial.reason === 'stopped-early');

describe('a replay on a table of results', () => {
  it.each(Object.entries(METHODS))(
    'asks for the same trials with the same results as %s',
    async (name, text) => {
      const { ran: table } = await run('table', campaign('method: grid', '6', ''));
      const { config, ran } = await run(name, text);
      const prepared = await prepareCampaign(config);
      const results = new ResultsTable(searched(table.trials.values()), prepared.loaded.config.metric);
      const method = createMethod(prepared.loaded.config, prepared.dataset);
      const procedure = method.procedure?.();
      if (procedure === undefined) throw new TypeError('a built-in method is made of a procedure');

      const replayed = replay(procedure, {
        settle: (spec) => results.settle(spec, spec.repeat),
        textOf: (parameters) => results.textOf(parameters),
      });

      const asked = ran.asked.toArray().flatMap((key) => ran.trials.get(key) ?? []);
      const live = searched(asked);
      expect(live.length).toBeGreaterThan(5);
      if (text.includes('stop_early')) expect(live.some(hasEndedEarly)).toBe(true);
      expect(replayed.trials.map(({ trial }) => facts(trial))).toEqual(live.map(facts));
      const chosen = [...ran.trials.values()].find(({ key }) => key === ran.conclusion?.chosen);
      expect(replayed.chosen).toEqual(chosen?.spec.parameters);
    },
  );
});
