import type { ConclusionKind } from '../campaign/event.js';
import type { Settled } from '../campaign/trial.js';

/**
 * How a campaign ends that can choose nothing, by what became of its trials. One that failed counts most, since its
 * program may be at fault and can be repaired. Trials that diverged ran as they should and show that no setting can be
 * used. Where neither happened, a person stopped them.
 */
export function endingWithoutChoice(states: readonly Settled['state'][]): Exclude<ConclusionKind, 'chosen'> {
  if (states.includes('failed')) return 'failed';
  if (states.includes('diverged')) return 'nothing-fits';
  return states.includes('stopped') ? 'stopped' : 'failed';
}
