import type { CampaignFacts } from '../campaign/event.js';
import { checkTask } from '../config/check-task.js';
import { comparableConfig } from '../config/comparable-config.js';
import { type LoadedConfig, loadConfig } from '../config/load-config.js';
import { methodOf } from '../config/method-of.js';
import { trainingIdentity } from '../config/training-identity.js';
import type { TrainerSetup } from '../execution/trainer-setup.js';
import type { Method } from '../methods/method.js';
import type { Dataset } from '../training/data/dataset.js';
import { describeData } from '../training/data/describe-data.js';
import { fitCeiling } from '../training/data/fit-ceiling.js';
import { loadDataset } from '../training/data/load-dataset.js';
import { partsOf } from '../training/data/split.js';
import { compiledKernel } from '../training/mlp/compiled-kernel.js';
import { costOf } from '../training/mlp/mlp-parameters.js';

/** A campaign that is ready to run, before anything was written. */
export interface PreparedCampaign {
  readonly loaded: LoadedConfig;
  readonly facts: CampaignFacts;
  readonly method: Method;
  readonly trainer: TrainerSetup;
}

/** Reads config and data and works out all that a run needs. Throws CONFIG_INVALID and DATA_INVALID. */
export async function prepareCampaign(configPath: string): Promise<PreparedCampaign> {
  const loaded = await loadConfig(configPath);
  const { config } = loaded;
  const dataset = await loadDataset(config.data, config.seed);
  checkTask(loaded, dataset.task);
  const data = describeData(dataset, config.seed);
  const method = methodOf(config, worldOf(dataset, config.seed));
  const facts: CampaignFacts = {
    name: config.name,
    method: method.name,
    stages: method.stages,
    metric: config.metric,
    checkpoint: config.checkpoint,
    parameters: Object.keys(config.space),
    identity: trainingIdentity(config, dataset.hash),
    config: comparableConfig(config),
    data: data.facts,
    findings: [...loaded.findings, ...data.findings],
  };
  return { loaded, facts, method, trainer: { kind: 'mlp', dataset, kernel: compiledKernel() } };
}

function worldOf(dataset: Dataset, seed: number) {
  const { training, validation, test } = partsOf(dataset, seed, 1);
  const outputs = dataset.classes?.length ?? 1;
  return {
    task: dataset.task,
    fitCeiling: (repeat: number) => fitCeiling(dataset, partsOf(dataset, seed, repeat).training),
    overlap: dataset.split.kind === 'none' ? 0 : validation.length / training.length,
    hasTest: test.length > 0,
    folds: dataset.split.kind === 'folds',
    cost: (parameters: Parameters<typeof costOf>[0]) => costOf(parameters, dataset.inputs, outputs),
  };
}
