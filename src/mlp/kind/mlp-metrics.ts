import type { MetricCatalog } from '../../trainers/trainer-kind.js';

/** The scores that the built-in trainer reports of each part, and which values of them are better. */
export const mlpMetrics: MetricCatalog = {
  classification: {
    loss: 'minimize',
    accuracy: 'maximize',
    balanced_accuracy: 'maximize',
    f1: 'maximize',
    roc_auc: 'maximize',
    brier: 'minimize',
  },
  regression: { loss: 'minimize', rmse: 'minimize', mae: 'minimize', r2: 'maximize' },
};
