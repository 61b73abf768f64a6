import type { TrialSpec } from '../../campaign/trial.js';
import type { Ask, Batch } from '../method.js';

/** The same step with other specs, the speculative ones included. */
export function withSpecs<Step extends Ask | Batch>(
  step: Step,
  change: (spec: TrialSpec) => TrialSpec,
): Step {
  const trials = step.trials.map(change);
  if (step.kind === 'ask' || step.speculative === undefined) return { ...step, trials };
  return { ...step, trials, speculative: step.speculative.map(change) };
}
