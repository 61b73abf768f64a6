import type { Parameters } from '../campaign/parameters.js';
import type { ResolvedConfig } from '../config/resolved-config.js';
import type { Dataset } from '../data/dataset.js';
import { fitCeiling } from '../data/describe/fit-ceiling.js';
import { isFixed } from '../data/options.js';
import { partsOf } from '../data/split/split.js';
import type { Comparison } from '../methods/comparison.js';
import type { Method } from '../methods/method.js';
import type { MethodContext } from '../methods/method-kind.js';
import { endingEarly } from '../methods/stop-early/ending-early.js';
import { withNotices } from '../methods/with-notices.js';

/** What methods work with under a config, over these data; null for a trainer that brings its own. */
export function methodContext(config: ResolvedConfig, dataset: Dataset | null): MethodContext {
  const { space, seed, epochs, metric, objectives, checkpoint, repeats } = config;
  const traits = dataset === null ? withoutData : traitsOf(dataset, config);
  const { cost, overlap } = traits;
  const several = objectives.length > 0 && { objectives, trainingRows: traits.trainingRows };
  const comparison: Comparison = { metric, checkpoint, repeats, cost, overlap, ...several };
  const on = traits.folds ? 'all' : config.finish.on;
  const finish = { ...config.finish, on, hasTest: traits.hasTest, comparison };
  const { fitCeiling, trainingRows, fitsMemory } = traits;
  const rules = searchRules(config);
  return { space, seed, epochs, comparison, finish, fitCeiling, trainingRows, fitsMemory, ...rules };
}

/** The method that a config asks for, over these data; null for a trainer that brings its own. */
export function createMethod(config: ResolvedConfig, dataset: Dataset | null): Method {
  const { methodKind, plan, stopEarly } = config;
  const context = methodContext(config, dataset);
  const { comparison } = context;
  const created = endingEarly(methodKind.create(plan, context), stopEarly, { plan, comparison });
  return config.trainerKind.label === null ? created : withNotices(created);
}

/** What the config says of the settings to try. */
function searchRules({ constraints, enqueue, stop, confirm }: ResolvedConfig) {
  const allows = (setting: Parameters): boolean => constraints.every((each) => each.allows(setting));
  return { ...(constraints.length > 0 && { allows }), enqueue, stop, confirm };
}

/** What a method has to know of the data. */
interface DataTraits {
  /** What the fit metric could reach on the training part of a repeat: accuracy, or R2. */
  readonly fitCeiling: (repeat: number) => number;
  /** Validation rows over training rows. */
  readonly overlap: number;
  readonly hasTest: boolean;
  /** Without a validation part of its own the final network learns from all rows. */
  readonly folds: boolean;
  readonly trainingRows: number;
  readonly fitsMemory: (parameters: Parameters) => boolean;
  /** The size of the network of a setting. */
  readonly cost: (parameters: Parameters) => number;
}

const withoutData: DataTraits = {
  fitCeiling: () => 1,
  overlap: 0,
  hasTest: false,
  folds: false,
  trainingRows: 0,
  fitsMemory: () => true,
  cost: () => 0,
};

/** A trial trains in one memory of 32-bit addresses. */
const MAX_TRAINING_BYTES = 2 ** 32;

function traitsOf(dataset: Dataset, { seed, trainer }: ResolvedConfig): DataTraits {
  const { training, validation, test } = partsOf(dataset, seed, 1);
  const costs = trainer.costs(dataset);
  return {
    fitCeiling: (repeat) => fitCeiling(dataset, partsOf(dataset, seed, repeat).training),
    overlap: isFixed(dataset.split) ? 0 : validation.length / training.length,
    hasTest: test.length > 0,
    folds: dataset.split.kind === 'folds',
    trainingRows: training.length,
    fitsMemory: (parameters) => costs === null || costs.trainingBytes(parameters) <= MAX_TRAINING_BYTES,
    cost: (parameters) => costs?.size(parameters) ?? 0,
  };
}
