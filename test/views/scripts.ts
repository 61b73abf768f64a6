import type { CampaignFacts } from '../../src/campaign/event.js';
import type { Parameters } from '../../src/campaign/parameters.js';
import type { Report } from '../../src/campaign/report.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import type { Comparison } from '../../src/methods/comparison.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { gridSearch } from '../../src/methods/grid/grid.js';
import { fitFirstPlan, searchPlan } from '../support/plans.js';
import type { Script } from './scripted-campaign.js';

const metric = { name: 'val_loss', goal: 'minimize' } as const;

const facts: CampaignFacts = {
  name: 'digits',
  method: 'fit_first',
  plan: fitFirstPlan(),
  seed: 1,
  trainer: 'built-in',
  metric,
  checkpoint: 'best',
  parameters: ['hidden', 'dropout', 'learning_rate', 'batch_size'],
  space: {},
  identity: 'made-up',
  config: { trainer: 'mlp' },
  data: {
    task: 'classification',
    hash: '0',
    rows: 1000,
    dropped: [],
    inputs: 64,
    classes: ['0', '1'],
    parts: { training: 600, validation: 200, test: 200 },
    fitCeiling: 1,
    contradictingRows: 0,
  },
  findings: [],
};

/** Shape of a script. */
export interface ScriptOptions {
  readonly sizes?: readonly number[];
  readonly rates?: readonly number[];
  readonly learningRates?: readonly number[];
  readonly repeats?: Comparison['repeats'];
  readonly slots?: number;
  readonly epochs?: number;
  readonly method?: 'fit_first' | 'grid';
  /** The smallest size that fits; Infinity where nothing does. */
  readonly fits?: number;
}

/** A campaign as they mostly are: it grows until 32 units fit, and dropout of 0.35 or so helps. */
export function scriptOf(options: ScriptOptions = {}): Script {
  const sizes = options.sizes ?? [4, 8, 16, 32, 64, 128];
  const rates = options.rates ?? [0, 0.2, 0.35, 0.5, 0.65];
  const learningRates = options.learningRates ?? [0.003];
  const epochs = options.epochs ?? 40;
  const fits = options.fits ?? 32;
  const repeats = options.repeats ?? { first: 1, most: 4 };
  const cost = ({ hidden }: Parameters): number => Number(hidden ?? 0);
  const comparison: Comparison = { metric, checkpoint: 'best', repeats, cost, overlap: 0.25 };
  const names = facts.parameters;
  const finish = { on: 'training', hasTest: true, comparison } as const;
  const combine = (sizesOf: readonly number[]): Parameters[] =>
    sizesOf.flatMap((hidden) =>
      rates.flatMap((dropout) =>
        learningRates.map((learning_rate) => ({ hidden, dropout, learning_rate, batch_size: 32 })),
      ),
    );
  const varied = ['hidden', 'dropout', ...(learningRates.length > 1 ? ['learning_rate'] : [])];
  const grid = options.method === 'grid';
  return {
    facts: grid ? { ...facts, method: 'grid', plan: searchPlan } : { ...facts, plan: fitFirstPlan(sizes) },
    slots: options.slots ?? 2,
    method: grid
      ? gridSearch({ settings: combine(sizes), varied, epochs, comparison, finish })
      : fitFirst({
          names,
          varied,
          grow: 'hidden',
          sizes,
          open: null,
          until: null,
          trainingRows: 0,
          fitsMemory: () => true,
          off: { dropout: 0 },
          others: learningRates.map((learning_rate) => ({ learning_rate, batch_size: 32 })),
          dropout: rates.map((dropout) => ({ dropout })),
          retune: [{}],
          fit: { metric: 'train_accuracy', goal: 'maximize', bound: () => 1, repeats: 3, quorum: null },
          epochs: { grow: epochs, dropout: epochs },
          growOn: { patience: 2 },
          ifNothingFits: 'continue',
          choose: 'search',
          confirm: 5,
          comparison,
          finish,
        }),
    reports: (spec) => curve(spec, fits),
    pace: ({ parameters }) => 40 + 2 * Number(parameters.hidden ?? 0),
    evaluation: ({ parameters }) => ({
      test: {
        accuracy: { value: parameters.dropout === 0 ? 0.9475 : 0.9725, low: 0.91, high: 0.985 },
        loss: { value: parameters.dropout === 0 ? 0.1921 : 0.1383, low: null, high: null },
      },
      errors: {
        kind: 'confusion',
        rows: [120, 80],
        right: parameters.dropout === 0 ? [116, 74] : [118, 77],
        mistakes:
          parameters.dropout === 0
            ? [
                [1, 0, 6],
                [0, 1, 4],
              ]
            : [
                [1, 0, 3],
                [0, 1, 2],
              ],
      },
      redundancy: parameters.dropout === 0 ? 0.31 : 0.22,
    }),
  };
}

/** Made-up learning curves: larger networks fit sooner and overfit more, and dropout tempers both. */
function curve({ parameters, repeat, epochs }: TrialSpec, fits: number): Report[] {
  const [hidden, dropout] = [Number(parameters.hidden ?? 1), Number(parameters.dropout ?? 0)];
  const jitter = (((repeat * 7919 + hidden * 104_729 + Math.round(dropout * 1000)) % 97) / 97 - 0.5) * 0.04;
  const capacity = hidden / fits;
  const ceiling = capacity >= 1 ? 1 : 0.55 + 0.44 * capacity;
  const full = Math.ceil(epochs * (0.35 + 0.4 / Math.max(1, capacity)));
  return Array.from({ length: epochs }, (_, i) => {
    const epoch = i + 1;
    const progress = Math.min(1, epoch / full);
    const learnt = progress * (2 - progress);
    const accuracy = Math.min(1, 0.3 + (ceiling - 0.3) * learnt);
    const overfit = Math.max(0, epoch / epochs - 0.6) * 0.2 * (1 - dropout);
    const ideal = (dropout - 0.35) * (dropout - 0.35) * 0.3;
    const val_loss = 1.4 - 1.2 * learnt * Math.min(1, 0.6 + 0.3 * capacity) + overfit + ideal + jitter;
    return {
      epoch,
      metrics: { train_accuracy: accuracy, train_loss: 1.5 - 1.4 * learnt * ceiling, val_loss },
    };
  });
}
