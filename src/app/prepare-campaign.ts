import type { CampaignFacts, DataFacts } from '../campaign/event.js';
import { builtInKinds, type ConfigKinds } from '../config/config-kinds.js';
import { withCampaignDefaults } from '../config/identity/campaign-defaults.js';
import { configFingerprint } from '../config/identity/config-fingerprint.js';
import { trainingIdentity } from '../config/identity/training-identity.js';
import { type LoadedConfig, loadWithData } from '../config/load-config.js';
import type { ConfigObject } from '../config/parse-draft.js';
import type { Dataset } from '../data/dataset.js';
import { describeData } from '../data/describe/describe-data.js';
import { type DataOptions, splitColumnOf } from '../data/options.js';
import type { ReadingWatch } from '../data/sources/read-bytes.js';
import type { Method } from '../methods/method.js';
import { codeContents } from '../trainers/code-contents.js';
import { createMethod } from './create-method.js';

/** A campaign that is ready to run, before anything was written. */
export interface PreparedCampaign {
  readonly loaded: LoadedConfig;
  readonly facts: CampaignFacts;
  /** The facts that workers on other machines find in the same config, where they are not `facts`. */
  readonly workerFacts?: CampaignFacts;
  readonly method: Method;
  /** The rows that the trainer learns from; null where it brings its own. */
  readonly dataset: Dataset | null;
  /** Hashes of the files of an external trainer, by their names. */
  readonly code: Readonly<Record<string, string>>;
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
  const method = createMethod(config, dataset);
  const code = await codeContents(config.trainer.code.files);
  const facts: CampaignFacts = {
    name: config.name,
    method: config.methodKind.name,
    plan: config.plan,
    seed: config.seed,
    trainer: config.trainerKind.label === null ? 'built-in' : 'external',
    metric: config.metric,
    checkpoint: config.checkpoint,
    parameters: Object.keys(config.space),
    space: config.space,
    identity: trainingIdentity(config, dataset?.hash ?? null),
    config: configFingerprint(config, code),
    data: data && { ...data.facts, dropped: droppedColumns(config.data), ...textFacts(config.data) },
    findings: [...loaded.findings, ...(data?.findings ?? [])],
  };
  return { loaded, facts, method, dataset, code };
}

/**
 * The campaign as it goes on from these facts: keys that its config leaves unsaid have the values with which it began,
 * and what was not looked at for notices is not looked at now.
 */
export function continueCampaign(prepared: PreparedCampaign, before: CampaignFacts): PreparedCampaign {
  const { dataset, code } = prepared;
  const loaded = withCampaignDefaults(prepared.loaded, before);
  const { config } = loaded;
  if (config === prepared.loaded.config && before.notices === prepared.facts.notices) return prepared;
  const facts: CampaignFacts = {
    ...prepared.facts,
    plan: config.plan,
    config: configFingerprint(config, code),
    ...(before.notices === false && { notices: false }),
  };
  return { ...prepared, loaded, facts, method: createMethod(config, dataset) };
}

/** What predicting another file needs to know about the text of the files. */
function textFacts(data: DataOptions | null): Pick<DataFacts, 'skippedLines' | 'notation'> {
  if (data?.source.kind !== 'table') return {};
  const { skipLines, notation } = data.source;
  return { ...(skipLines && { skippedLines: skipLines }), ...(notation && { notation }) };
}

/** The columns that training leaves out, as the config names them. */
function droppedColumns(data: DataOptions | null): readonly (string | number)[] {
  if (data === null) return [];
  const { drop, split } = data;
  const column = splitColumnOf(split);
  return [...new Set(column === null ? drop : [...drop, column])];
}
