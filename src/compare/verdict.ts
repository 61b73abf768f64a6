import type { PairedDifference } from '../campaign/statistics.js';
import { formatNumber } from '../text/number.js';

/** The answer to whether the choice of fit_first is nearly as good as that of the grid. */
export interface Verdict {
  readonly answer: 'yes' | 'no' | 'unclear';
  /** What the difference may be at most: a tenth of what tuning brings. */
  readonly tolerance: number;
  readonly sentence: string;
}

/** What a verdict follows from. */
interface VerdictFacts {
  /** The name of the metric. */
  readonly metric: string;
  readonly growing: { readonly regret: PairedDifference; readonly saving: number };
  /** How much worse fit_first is than random search that costs as much. */
  readonly rival: PairedDifference;
  /** How much better the best setting is than the median one. */
  readonly tuning: number;
}

/** The share of what tuning brings that a nearly optimal choice may lose. */
const SHARE = 0.1;

/**
 * Yes if the whole 95 % interval of the regret lies below the tolerance, no if it lies above 0 and its middle above
 * the tolerance; else the table cannot tell.
 */
export function verdictOf({ metric, growing, rival, tuning }: VerdictFacts): Verdict {
  const { mean, low, high } = growing.regret;
  const tolerance = SHARE * tuning;
  const answer =
    low === null || high === null || !Number.isFinite(mean)
      ? 'unclear'
      : high <= tolerance
        ? 'yes'
        : low > 0 && mean > tolerance
          ? 'no'
          : 'unclear';
  const start = { yes: 'Yes', no: 'No', unclear: 'It cannot be told' }[answer];
  const than = `than that of the grid by ${formatNumber(Math.abs(mean))} in ${metric}`;
  const is =
    mean === 0 ? `as good as that of the grid in ${metric}` : mean > 0 ? `worse ${than}` : `better ${than}`;
  const limit = `a tenth of what tuning brings is ${formatNumber(tolerance)}`;
  const regret = `${start}: the choice of fit_first is ${is}${intervalText(growing.regret)}; ${limit}.`;
  return { answer, tolerance, sentence: `${regret} ${savingText(growing.saving)} ${rivalText(rival)}` };
}

function savingText(saving: number): string {
  return saving >= 1
    ? `It trains ${times(saving)} times less than the grid.`
    : `It trains ${times(1 / saving)} times more than the grid.`;
}

const times = (factor: number): string => String(Number(factor.toPrecision(2)));

function rivalText(rival: PairedDifference): string {
  const { mean, low, high } = rival;
  const interval = intervalText(rival);
  const who = 'Random search that costs as much';
  if (low === null || high === null || (low <= 0 && high >= 0)) {
    const by =
      mean === 0 ? 'no difference' : `${formatNumber(Math.abs(mean))} ${mean > 0 ? 'better' : 'worse'}`;
    return `${who} is not clearly different: ${by}${interval}.`;
  }
  return `${who} is ${mean > 0 ? 'better' : 'worse'} by ${formatNumber(Math.abs(mean))}${interval}.`;
}

function intervalText({ mean, low, high }: PairedDifference): string {
  if (low === null || high === null) return '';
  const [from, to] = mean > 0 ? [low, high] : [-high, -low];
  return ` (95 % interval ${formatNumber(from)} to ${formatNumber(to)})`;
}
