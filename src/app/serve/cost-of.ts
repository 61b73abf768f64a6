import type { Campaign } from '../../campaign/campaign.js';
import type { Parameters } from '../../campaign/parameters.js';
import { parameterCount } from '../../mlp/mlp-parameters.js';

/** Multiply-adds that an epoch of a setting takes: weights x training rows. null if the trainer is not built in. */
export function costOf({ facts }: Campaign): ((parameters: Parameters) => number) | null {
  if (facts === null || facts.trainer !== 'built-in' || facts.data === null) return null;
  const { inputs, classes, parts } = facts.data;
  const outputs = classes?.length ?? 1;
  return (parameters) => parameterCount(parameters, inputs, outputs) * parts.training;
}
