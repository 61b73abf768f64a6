import { createHash } from 'node:crypto';
import { canonicalJson } from '../../campaign/canonical-json.js';
import type { DataOptions } from '../../data/options.js';
import type { ResolvedConfig } from '../resolved-config.js';
import { columnsFingerprint } from './config-fingerprint.js';

/**
 * All that a trial's result depends on in addition to its spec, as a hash: the contents of the data, their split and
 * preparation, the trainer with its version and the parameters that no spec names, the metric that picks the
 * best epoch, and the seed. SHA-256 in hexadecimal. Neither paths nor the search space are in it, so that
 * campaigns that search differently can share trials.
 */
export function trainingIdentity(config: ResolvedConfig, dataHash: string | null): string {
  const preparation = config.data && preparationOf(config.data);
  const facts = {
    data: dataHash,
    ...preparation,
    trainer: config.trainer.identity,
    fixed: config.defaults,
    metric: config.metric,
    seed: config.seed,
  };
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}

function preparationOf({
  split,
  standardize,
  missing,
  unseen,
  indicator,
  columns,
  missingValues,
}: DataOptions) {
  const own = columnsFingerprint({ indicator, columns, missingValues });
  const preparation = { standardize, missing, unseen, ...own };
  return { split, preparation };
}
