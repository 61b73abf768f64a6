import type { Parameters } from '../../src/campaign/parameters.js';
import type { FitFirstOptions } from '../../src/methods/fit-first/options.js';

/** Options of a small campaign over a landscape. */
export function fitFirstOptions(changes: Partial<FitFirstOptions> = {}): FitFirstOptions {
  const comparison = {
    metric: { name: 'val_loss', goal: 'minimize' },
    checkpoint: 'best',
    repeats: { first: 1, most: 4 },
    cost: (parameters: Parameters) => Number(parameters.hidden),
    overlap: 0.25,
  } as const;
  return {
    names: ['hidden', 'dropout', 'learning_rate'],
    varied: ['hidden', 'dropout', 'learning_rate'],
    grow: 'hidden',
    sizes: [4, 8, 16, 32, 64],
    open: null,
    until: null,
    trainingRows: 100,
    fitsMemory: () => true,
    off: { dropout: 0 },
    others: [{ learning_rate: 0.01 }, { learning_rate: 0.02 }],
    dropout: [{ dropout: 0 }, { dropout: 0.2 }, { dropout: 0.35 }, { dropout: 0.5 }],
    retune: [{ learning_rate: 0.01 }, { learning_rate: 0.02 }],
    fit: { metric: 'train_accuracy', goal: 'maximize', bound: () => 1, repeats: 3, quorum: null },
    epochs: { grow: 20, dropout: 20 },
    growOn: { patience: 2 },
    ifNothingFits: 'continue',
    confirm: 3,
    choose: 'search',
    comparison,
    finish: { on: 'training', hasTest: true, comparison },
    ...changes,
  };
}
