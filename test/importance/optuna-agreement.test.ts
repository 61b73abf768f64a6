import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Parameters } from '../../src/campaign/parameters.js';
import { drawSettings, type SearchSpace } from '../../src/campaign/search-space.js';
import { importanceAmong } from '../../src/importance/importance.js';

const PYTHON = '/usr/bin/python3';

/** Reads a space and trials from standard input, prints the importances by Optuna's own fANOVA. */
const PROGRAM = `
import json, sys, warnings
warnings.filterwarnings('ignore')
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.importance import FanovaImportanceEvaluator
optuna.logging.set_verbosity(optuna.logging.ERROR)
def distribution(domain):
    values = domain.get('values')
    if values and isinstance(values[0], int):
        return IntDistribution(min(values), max(values), log=True)
    if values:
        return CategoricalDistribution(values)
    return FloatDistribution(domain['min'], domain['max'], log=domain['kind'] != 'uniform')
domains, trials = json.load(sys.stdin)
space = {name: distribution(domain) for name, domain in domains.items()}
study = optuna.create_study()
for params, value in trials:
    study.add_trial(optuna.trial.create_trial(params=params, distributions=space, value=value))
print(json.dumps(FanovaImportanceEvaluator(n_trees=32, seed=1).evaluate(study)))
`;

const hasOptuna = spawnSync(PYTHON, ['-c', 'import optuna.importance, sklearn']).status === 0;

type Shares = Readonly<Record<string, number>>;

/** The shares by both on the same trials, scaled to a sum of 1 as Optuna scales them, the largest first. */
function sharesByBoth(
  space: SearchSpace,
  count: number,
  value: (setting: Parameters) => number,
): { readonly ours: Shares; readonly theirs: Shares } {
  const settings = drawSettings(space, 11, count).map((parameters) => ({
    parameters,
    mean: value(parameters),
    repeats: 1,
  }));
  const trials = settings.map(({ parameters, mean }) => [parameters, mean]);
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', PROGRAM], {
    input: JSON.stringify([space, trials]),
    encoding: 'utf8',
  });
  const theirs: Shares = stdout === '' ? {} : JSON.parse(stdout);
  expect(Object.keys(theirs), stderr).toHaveLength(Object.keys(space).length);
  const metric = { name: 'val_loss', goal: 'minimize' } as const;
  const found = importanceAmong({ settings, leftOut: 0, noise: null }, space, metric)?.parameters ?? [];
  const total = found.reduce((sum, { share }) => sum + share, 0);
  return { ours: Object.fromEntries(found.map(({ name, share }) => [name, share / total])), theirs };
}

const byShare = (shares: Shares): string[] =>
  Object.keys(shares).sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));

it.skipIf(!hasOptuna)(
  'ranks parameters as the fANOVA of Optuna does on the same trials',
  () => {
    const space: SearchSpace = {
      rate: { kind: 'log_uniform_values', min: 1e-4, max: 1e-1 },
      dropout: { kind: 'uniform', min: 0, max: 0.8 },
      hidden: { kind: 'values', values: [8, 16, 32, 64], probabilities: null },
      activation: { kind: 'values', values: ['relu', 'tanh'], probabilities: null },
      idle: { kind: 'uniform', min: 0, max: 1 },
    };
    const { ours, theirs } = sharesByBoth(space, 200, ({ rate, dropout, hidden, activation }) => {
      const away = Math.log10(Number(rate)) + 2.5;
      const thin = Math.log2(64 / Number(hidden));
      return away * away + 0.5 * thin + 1.6 * Number(dropout) + (activation === 'tanh' ? 0.6 : 0);
    });
    expect(byShare(ours)).toEqual(byShare(theirs));
    for (const [name, share] of Object.entries(ours)) {
      expect(Math.abs(share - (theirs[name] ?? 0)), name).toBeLessThan(0.1);
    }
  },
  120_000,
);

it.skipIf(!hasOptuna)(
  'comes closer to the Ishigami function than the fANOVA of Optuna on the same trials',
  () => {
    const axis = { kind: 'uniform', min: -Math.PI, max: Math.PI } as const;
    const { ours, theirs } = sharesByBoth({ x1: axis, x2: axis, x3: axis }, 300, (x) => {
      const [x1, x2, x3] = [Number(x.x1), Number(x.x2), Number(x.x3)];
      return Math.sin(x1) * (1 + 0.1 * x3 ** 4) + 7 * Math.sin(x2) ** 2;
    });
    // Sobol' indices 0.314, 0.442 and 0, scaled to a sum of 1.
    const known: Shares = { x1: 0.415, x2: 0.585, x3: 0 };
    const errorOf = (shares: Shares): number =>
      Math.max(...Object.entries(known).map(([name, share]) => Math.abs(share - (shares[name] ?? 0))));
    expect(byShare(ours)).toEqual(['x2', 'x1', 'x3']);
    expect(errorOf(ours)).toBeLessThan(0.05);
    expect(errorOf(ours)).toBeLessThan(errorOf(theirs));
  },
  120_000,
);
