import type { CampaignFacts } from '../campaign/event.js';
import { builtInKinds, type ConfigKinds } from '../config/config-kinds.js';
import { configFingerprint } from '../config/identity/config-fingerprint.js';
import { trainingIdentity } from '../config/identity/training-identity.js';
import { type LoadedConfig, loadWithData } from '../config/load-config.js';
import type { ConfigObject } from '../config/parse-draft.js';
import { contextWithoutData, createMethod, type MethodContext } from '../config/resolve/create-method.js';
import type { ResolvedConfig } from '../config/resolved-config.js';
import type { Dataset } from '../data/dataset.js';
import { describeData } from '../data/describe/describe-data.js';
import { fitCeiling } from '../data/describe/fit-ceiling.js';
import { isFixed } from '../data/options.js';
import type { ReadingWatch } from '../data/sources/read-bytes.js';
import { partsOf } from '../data/split/split.js';
import type { Method } from '../methods/method.js';
import { codeContents } from '../trainers/code-contents.js';

/** A campaign that is ready to run, before anything was written. */
export interface PreparedCampaign {
  readonly loaded: LoadedConfig;
  readonly facts: CampaignFacts;
  readonly method: Method;
  /** The rows that the trainer learns from; null where it brings its own. */
  readonly dataset: Dataset | null;
}

/**
 * Reads config and data and works out all that a run needs. `watch` hears how far the data are read; `kinds` are the
 * trainers and executors that the config can name. Throws CONFIG_INVALID and DATA_INVALID.
 */
export async function prepareCampaign(
  source: string | ConfigObject,
  watch?: ReadingWatch,
  kinds: ConfigKinds = builtInKinds,
): Promise<PreparedCampaign> {
  const { loaded, dataset } = await loadWithData(source, watch, kinds);
  const { config } = loaded;
  const data = dataset && describeData(dataset, config.seed);
  const method = createMethod(config, dataset === null ? contextWithoutData : worldOf(dataset, config));
  const facts: CampaignFacts = {
    name: config.name,
    method: method.name,
    stages: method.stages,
    metric: config.metric,
    checkpoint: config.checkpoint,
    parameters: Object.keys(config.space),
    identity: trainingIdentity(config, dataset?.hash ?? null),
    config: configFingerprint(config, await codeContents(config.trainer.code.files)),
    data: data?.facts ?? null,
    findings: [...loaded.findings, ...(data?.findings ?? [])],
  };
  return { loaded, facts, method, dataset };
}

function worldOf(dataset: Dataset, { seed, trainer }: ResolvedConfig): MethodContext {
  const { training, validation, test } = partsOf(dataset, seed, 1);
  const costs = trainer.costs(dataset);
  return {
    task: dataset.task,
    fitCeiling: (repeat: number) => fitCeiling(dataset, partsOf(dataset, seed, repeat).training),
    overlap: isFixed(dataset.split) ? 0 : validation.length / training.length,
    hasTest: test.length > 0,
    folds: dataset.split.kind === 'folds',
    cost: (parameters) => costs?.size(parameters) ?? 0,
  };
}
