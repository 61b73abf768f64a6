import type { Parameters } from '../campaign/parameters.js';
import type { Finish, TrialSpec } from '../campaign/trial.js';
import type { Comparison } from './comparison.js';
import type { Conclusion, Procedure } from './method.js';
import { medianEpoch, type RaceEntry } from './race.js';

/** How the chosen setting is trained once more. */
export interface FinishOptions {
  /** The rows that the final network learns from. */
  readonly on: 'training' | 'all';
  readonly hasTest: boolean;
  readonly comparison: Comparison;
}

/**
 * Trains the chosen setting and its baseline once more, on repeat 0, and uses the test part, once. On
 * training rows alone the epochs are those of the search and the checkpoint is the campaign's; on all rows
 * nothing is left to choose an epoch by, so it is the median best epoch of the search.
 *
 * Returns the spec whose network is handed over, null where its trial did not finish, and how the campaign ends.
 */
export function* finish(
  chosen: RaceEntry,
  baseline: RaceEntry | null,
  epochs: number,
  options: FinishOptions,
): Procedure<Pick<Conclusion, 'ending' | 'chosen'>> {
  const runners = baseline === null || baseline === chosen ? [chosen] : [chosen, baseline];
  const specs = runners.map((runner) => finalSpec(runner, epochs, options));
  const rows = options.on === 'all' ? 'training and validation rows together' : 'the training rows';
  const judged = options.hasTest ? ' and judged on the test part, which was not used before' : '';
  const also = runners.length > 1 ? ', its baseline beside it' : '';
  const [final] = yield {
    kind: 'batch',
    stage: 'finish',
    because: `The chosen setting is trained once more on ${rows}${judged}${also}.`,
    trials: specs,
  };
  if (final?.state === 'finished') return { ending: 'chosen', chosen: final.spec };
  // A network that was to be handed over and diverged is a failure: other trials show that the setting can be used.
  return { ending: final?.state === 'stopped' ? 'stopped' : 'failed', chosen: null };
}

function finalSpec(runner: RaceEntry, epochs: number, options: FinishOptions): TrialSpec {
  const parameters: Parameters = runner.parameters;
  const kept: Finish =
    options.on === 'all'
      ? { on: 'all', checkpoint: 'last' }
      : { on: 'training', checkpoint: options.comparison.checkpoint };
  const budget = options.on === 'all' ? medianEpoch(runner, epochs) : epochs;
  return { parameters, repeat: 0, epochs: budget, until: null, finish: kept };
}
