import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Parameters } from '../../src/campaign/parameters.js';
import { drawSettings, type SearchSpace } from '../../src/campaign/search-space.js';
import { importanceAmong } from '../../src/importance/importance.js';

const PYTHON = '/usr/bin/python3';

/** Reads trials from standard input, prints the importances by Optuna's own fANOVA. */
const PROGRAM = `
import json, sys, warnings
warnings.filterwarnings('ignore')
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.importance import FanovaImportanceEvaluator
optuna.logging.set_verbosity(optuna.logging.ERROR)
space = {
    'rate': FloatDistribution(1e-4, 1e-1, log=True),
    'dropout': FloatDistribution(0, 0.8),
    'hidden': IntDistribution(8, 64, log=True),
    'activation': CategoricalDistribution(['relu', 'tanh']),
    'idle': FloatDistribution(0, 1),
}
study = optuna.create_study()
for params, value in json.load(sys.stdin):
    study.add_trial(optuna.trial.create_trial(params=params, distributions=space, value=value))
print(json.dumps(FanovaImportanceEvaluator(n_trees=32, seed=1).evaluate(study)))
`;

const hasOptuna = spawnSync(PYTHON, ['-c', 'import optuna.importance, sklearn']).status === 0;

const space: SearchSpace = {
  rate: { kind: 'log_uniform_values', min: 1e-4, max: 1e-1 },
  dropout: { kind: 'uniform', min: 0, max: 0.8 },
  hidden: { kind: 'values', values: [8, 16, 32, 64], probabilities: null },
  activation: { kind: 'values', values: ['relu', 'tanh'], probabilities: null },
  idle: { kind: 'uniform', min: 0, max: 1 },
};

function loss({ rate, dropout, hidden, activation }: Parameters): number {
  const away = Math.log10(Number(rate)) + 2.5;
  const thin = Math.log2(64 / Number(hidden));
  return away * away + 0.5 * thin + 1.2 * Number(dropout) + (activation === 'tanh' ? 0.3 : 0);
}

it.skipIf(!hasOptuna)(
  'ranks parameters as the fANOVA of Optuna does on the same trials',
  () => {
    const trials = drawSettings(space, 11, 100).map((parameters) => ({
      parameters,
      value: loss(parameters),
    }));
    const { stdout, stderr } = spawnSync(PYTHON, ['-c', PROGRAM], {
      input: JSON.stringify(trials.map(({ parameters, value }) => [parameters, value])),
      encoding: 'utf8',
    });
    const theirs: Record<string, number> = stdout === '' ? {} : JSON.parse(stdout);
    expect(Object.keys(theirs), stderr).toHaveLength(5);
    const settings = trials.map(({ parameters, value }) => ({ parameters, mean: value, repeats: 1 }));
    const found = importanceAmong({ settings, leftOut: 0, noise: null }, space, {
      name: 'val_loss',
      goal: 'minimize',
    });
    const ours = (found?.parameters ?? []).map(({ name }) => name);
    expect(ours).toEqual(Object.keys(theirs).sort((a, b) => (theirs[b] ?? 0) - (theirs[a] ?? 0)));
    // Optuna scales the effects of single parameters to a sum of 1.
    const total = (found?.parameters ?? []).reduce((sum, { share }) => sum + share, 0);
    for (const { name, share } of found?.parameters ?? []) {
      expect(Math.abs(share / total - (theirs[name] ?? 0)), name).toBeLessThan(0.1);
    }
  },
  120_000,
);
