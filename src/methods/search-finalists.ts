import type { Finding } from '../campaign/finding.js';
import { formatSetting } from '../campaign/format-setting.js';
import { advantage } from '../campaign/metric.js';
import type { CampaignPlan } from '../campaign/plan.js';
import { hasNoSpread, pairedDifference } from '../campaign/statistics.js';
import { formatCount, formatNumber } from '../text/number.js';
import type { Comparison } from './comparison.js';
import {
  type Finalist,
  finalistsOf,
  freshMean,
  type Pick,
  pickFinalist,
  runFresh,
  UNCONFIRMED,
  whyFinalists,
  whyPicked,
} from './finalists.js';
import { found, type Procedure } from './method.js';
import { medianEpoch, type RaceEntry, tiesWith } from './race.js';

const STAGE = 'finalists';
/** Settings that run on fresh repeats at least, if there are as many. */
const MIN_FINALISTS = 2;
/** The same if each setting ran once, so that nobody knows which of them are not clearly different from the winner. */
const MIN_FINALISTS_WITHOUT_TIES = 3;

const NO_TIES = 'On the fresh repeats all other finalists are clearly worse.';

/** The search that the finalists are from. */
interface FinalistOptions {
  readonly comparison: Comparison;
  /** The budget of a trial. */
  readonly epochs: number;
  /** Names of the parameters that vary. */
  readonly varied: readonly string[];
}

/** The plan with a stage of fresh repeats before the final training. */
export function withFinalists(plan: CampaignPlan, confirm: number): CampaignPlan {
  if (confirm === 0) return plan;
  const stages = plan.stages.flatMap((stage) =>
    stage.role === 'finish' ? [{ name: STAGE, role: 'select' } as const, stage] : [stage],
  );
  return { ...plan, stages, options: { ...plan.options, confirm } };
}

/**
 * Runs the best settings of a search on the same fresh repeats, and picks the one with the best mean there. Returns
 * null where there is no other setting, or none finished all of these repeats.
 */
export function* pickOnFreshRepeats(
  ranking: readonly RaceEntry[],
  repeats: number,
  options: FinalistOptions,
): Procedure<Finalist | null> {
  const { comparison, epochs, varied } = options;
  const [winner] = ranking;
  if (winner === undefined) return null;
  const whole = ranking.filter(({ isCut = false }) => !isCut);
  const enough = winner.values.length < 2 ? MIN_FINALISTS_WITHOUT_TIES : MIN_FINALISTS;
  const entries = finalistsOf(ranking, whole.slice(0, enough), comparison);
  if (entries.length < 2) return null;
  const fresh = {
    stage: STAGE,
    because: whyFinalists(entries.length, repeats),
    after: comparison.repeats.most,
    repeats,
    epochs,
  };
  const finalists = yield* runFresh(entries, fresh, comparison);
  const pick = pickFinalist(finalists, 'best', {}, comparison);
  if (pick === null) {
    yield* found(UNCONFIRMED);
    return null;
  }
  const { picked } = pick;
  const interval = intervalOf(picked.values, comparison.overlap);
  const why = whyPicked(pick, winner, finalists, {
    metric: comparison.metric.name,
    words: ({ entry }) => formatSetting(entry.parameters, varied),
    interval: interval === null ? '' : ` (95 % interval ${formatInterval(interval)})`,
  });
  yield* found({
    kind: 'chosen',
    parameters: picked.entry.parameters,
    epochs: medianEpoch(picked.entry, epochs),
    validation: freshMean(picked),
    ...(interval !== null && { interval: { low: interval.low, high: interval.high } }),
    because: why,
  });
  if (interval === null) yield* found(noInterval(repeats));
  else yield* reportFreshTies(pick, finalists, ranking, options);
  return picked;
}

/** The mean with its 95 % interval; null where the repeats give none. */
function intervalOf(values: readonly number[], overlap: number) {
  if (hasNoSpread(values)) return null;
  const { low, high } = pairedDifference(values, overlap);
  return low === null || high === null ? null : { low, high };
}

const formatInterval = ({ low, high }: { low: number; high: number }): string =>
  `${formatNumber(low)} to ${formatNumber(high)}`;

function noInterval(repeats: number): Finding {
  return {
    kind: 'warning',
    code: 'no-interval',
    numbers: { repeats },
    because:
      repeats === 1
        ? 'The finalists ran on one fresh repeat, so no interval can be given.'
        : 'Fresh repeats of the chosen setting have the same score to the last digit, so no interval can be given.',
  };
}

/**
 * Names the settings that are not clearly different from the pick: finalists by their differences on the fresh repeats,
 * and others by the repeats of the search.
 */
function* reportFreshTies(
  { picked, ties }: Pick,
  finalists: readonly Finalist[],
  ranking: readonly RaceEntry[],
  { comparison, varied }: FinalistOptions,
): Procedure<void> {
  const { goal, name } = comparison.metric;
  const isFinalist = (entry: RaceEntry): boolean => finalists.some((one) => one.entry === entry);
  const others = tiesWith(picked.entry, ranking, comparison).filter((entry) => !isFinalist(entry));
  const words = ties.map(({ entry, values }) => {
    const differences = picked.values.map((value, i) => advantage(goal, value, values[i] ?? Number.NaN));
    const { mean, low, high } = pairedDifference(differences, comparison.overlap);
    const interval = `${formatNumber(low ?? mean)} to ${formatNumber(high ?? mean)}`;
    const setting = formatSetting(entry.parameters, varied);
    return (
      `On the fresh repeats ${setting} is not clearly different from it: ` +
      `${name} is worse by ${formatNumber(mean)} (95 % interval ${interval}).`
    );
  });
  const first = words.length > 0 ? words.join(' ') : NO_TIES;
  const also =
    others.length === 0
      ? ''
      : ` In the search the difference of ${formatCount(others.length, 'further setting')} is not clear, either.`;
  const settings = [...ties.map(({ entry }) => entry), ...others].map(({ parameters }) => parameters);
  yield* found({ kind: 'ties', settings, because: first + also });
}
