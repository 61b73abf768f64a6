import type { Parameters } from '../campaign/parameters.js';
import type { Finish, TrialSpec } from '../campaign/trial.js';
import type { Comparison } from './comparison.js';
import { type Conclusion, found, type Procedure } from './method.js';
import { medianEpoch, type RaceEntry } from './race.js';

/** How the chosen setting is trained once more. */
export interface FinishOptions {
  /** The rows that the final network learns from. */
  readonly on: 'training' | 'all';
  /** The number of networks that are handed over as one; by default 1, a single network. */
  readonly networks?: number;
  readonly hasTest: boolean;
  readonly comparison: Comparison;
}

/**
 * Trains the chosen setting and its baseline once more, on repeat 0, and uses the test part, once. On
 * training rows alone the epochs are those of the search and the checkpoint is the campaign's; on all rows
 * nothing is left to choose an epoch by, so it is the median best epoch of the search. A committee trains the chosen
 * setting on further repeats, too.
 *
 * Returns the spec whose network is handed over, null where its trial did not finish, and how the campaign ends.
 */
export function* finish(
  chosen: RaceEntry,
  baseline: RaceEntry | null,
  epochs: number,
  options: FinishOptions,
): Procedure<Pick<Conclusion, 'ending' | 'chosen'>> {
  const single = finalSpec(chosen, epochs, options);
  const members = Array.from({ length: options.networks ?? 1 }, (_, repeat) => ({ ...single, repeat }));
  const hasBaseline = baseline !== null && baseline !== chosen;
  const others = hasBaseline ? [finalSpec(baseline, epochs, options)] : [];
  const rows = options.on === 'all' ? 'training and validation rows together' : 'the training rows';
  const judged = options.hasTest ? ' and judged on the test part, which was not used before' : '';
  const also = hasBaseline ? ', its baseline beside it' : '';
  const times =
    members.length === 1 ? 'once more' : `${members.length} times, each with its own random seed,`;
  const trials = yield {
    kind: 'batch',
    stage: STAGE,
    because: `The chosen setting is trained ${times} on ${rows}${judged}${also}.`,
    trials: [...members, ...others],
  };
  const finals = trials.slice(0, members.length);
  const finished = finals.filter(({ state }) => state === 'finished');
  const [first] = finished;
  if (first === undefined) {
    // A network that was to be handed over and diverged is a failure: other trials show that the setting can be used.
    return { ending: finals.some(({ state }) => state === 'stopped') ? 'stopped' : 'failed', chosen: null };
  }
  if (finished.length < members.length) yield* reportMissing(members.length, finished.length);
  if (finished.length === 1) return { ending: 'chosen', chosen: first.spec };
  const spec = committeeSpec(
    single,
    finished.map((trial) => trial.spec.repeat),
  );
  const [committee] = yield {
    kind: 'batch',
    stage: STAGE,
    because:
      `The ${finished.length} networks are a committee: it predicts the mean of what they predict. ` +
      `It becomes the final network${options.hasTest ? ', compared on the test part with the first of them' : ''}.`,
    trials: [spec],
  };
  if (committee?.state === 'finished') return { ending: 'chosen', chosen: committee.spec };
  return { ending: committee?.state === 'stopped' ? 'stopped' : 'failed', chosen: null };
}

const STAGE = 'finish';

/** The trial of a committee. It trains nothing, so it counts as one epoch. */
function committeeSpec(single: TrialSpec, repeats: readonly number[]): TrialSpec {
  const { finish: kept, epochs } = single;
  return { ...single, epochs: 1, finish: kept && { ...kept, committee: { repeats, epochs } } };
}

function* reportMissing(networks: number, finished: number): Procedure<void> {
  yield* found({
    kind: 'warning',
    code: 'committee-incomplete',
    numbers: { networks, finished },
    because:
      finished === 1
        ? `Of ${networks} networks only one finished, so it is handed over alone.`
        : `Of ${networks} networks ${finished} finished; they are the committee.`,
  });
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
