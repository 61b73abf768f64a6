import { formatBytes } from '../text/bytes.js';
import { formatSeconds } from '../text/duration.js';
import { formatCount, formatPercent, formatWhole } from '../text/number.js';
import type { Forecast, Range } from './forecast.js';

/** What the lines show in addition to the forecast. */
export interface ForecastContext {
  readonly slots: number;
  /** Seconds that config and data took to read, which a run takes, too. */
  readonly loading: number;
  /** The most memory that calibrating took; null where nothing was run. */
  readonly peakBytes: number | null;
  readonly diskBytes: number | null;
  readonly folder: string;
  readonly budget: Budget;
}

/** What ends a campaign before its conclusion: a number of hours, or of trials. */
interface Budget {
  readonly hours: number | null;
  readonly trials: number | null;
}

/** Seconds for the report and the network's files at the end. */
const ENDING_SECONDS = 1.5;

/** A forecast in a few lines; of a campaign that has begun, first how far it is. */
export function forecastLines(forecast: Forecast, around: ForecastContext): string[] {
  const { done, trials, epochs, tried } = forecast;
  const workers = `with ${formatCount(around.slots, 'worker')}`;
  const seconds = secondsIn(forecast, around);
  const more = done === 0 ? '' : ' more';
  const lines = [
    ...(done === 0 ? [] : [doneLine(forecast, seconds)]),
    `  trials     ${rangeText(trials, formatWhole, more)}`,
    `  epochs     ${rangeText(epochs, formatWhole, more)}`,
  ];
  if (seconds !== null) lines.push(`  time       ${rangeText(seconds, formatSeconds, more)} ${workers}`);
  const ending = budgetLine(forecast, seconds, around.budget);
  if (ending !== null) lines.push(ending);
  if (around.peakBytes !== null) lines.push(`  memory     about ${formatBytes(around.peakBytes)}`);
  if (around.diskBytes !== null) {
    lines.push(`  disk       at most about ${formatBytes(around.diskBytes)}${more} in ${around.folder}`);
  }
  if (tried.trials > 0) {
    const rows =
      tried.share < 1
        ? `, the longer ones on ${formatPercent(Math.max(0.001, tried.share))} of the rows`
        : '';
    const kept =
      tried.kept === 0 ? 'of which nothing is kept' : `of which a run reuses ${formatWhole(tried.kept)}`;
    lines.push(
      `  calibrated on ${formatWhole(tried.epochs)} epochs of ${formatWhole(tried.trials)} trials${rows}, ${kept}`,
    );
  }
  if (trials.min < trials.max) lines.push(`  trained    ${trainedShare(forecast)}`);
  if (forecast.failure !== null) {
    // Its log is gone with the rest.
    const why = forecast.failure.replace(/^The end of .*:$/m, 'The end of what it printed:');
    lines.push(`  note       a trial failed that was tried: ${why}`);
  }
  return lines;
}

/** How many of the likely trials were trained to their end, which says how far the likely counts can be relied on. */
function trainedShare({ trials, tried, done }: Forecast): string {
  if (trials.likely === 0) return 'nothing, because all likely trials are done';
  if (tried.own === 0 && done === 0) return 'no trial to the end, so the likely counts are a guess';
  if (tried.own >= trials.likely) return 'all likely trials to the end';
  const likely = `of the likely ${formatWhole(trials.likely)} trials`;
  return tried.own === 0
    ? `none ${likely}; they are assumed to be like the most similar trials that are done`
    : `${formatWhole(tried.own)} ${likely} to the end; the others are assumed to be like the most similar of these`;
}

/** Seconds with what a run takes besides its trials. */
function secondsIn({ seconds }: Forecast, { loading }: ForecastContext): Range | null {
  if (seconds === null) return null;
  const all = (value: number): number => value + loading + ENDING_SECONDS;
  return { min: all(seconds.min), likely: all(seconds.likely), max: all(seconds.max) };
}

/** `41 of about 96 trials are done, about 3 min are left`. */
function doneLine({ done, trials }: Forecast, seconds: Range | null): string {
  const about = trials.min === trials.max ? '' : 'about ';
  const left = seconds === null ? '' : `, about ${formatSeconds(seconds.likely)} are left`;
  return `  done       ${formatWhole(done)} of ${about}${formatWhole(done + trials.likely)} trials are done${left}`;
}

/** Says what of a budget is likely to end a campaign before its conclusion; null for nothing. */
function budgetLine(forecast: Forecast, seconds: Range | null, budget: Budget): string | null {
  const before = 'which is likely to be before its conclusion; it can go on with more';
  if (budget.hours !== null && seconds !== null && seconds.likely > budget.hours * 3600)
    return `  budget     ends it after ${formatSeconds(budget.hours * 3600)}, ${before}`;
  if (forecast.isSpent)
    return `  budget     ends it after ${formatWhole(budget.trials ?? 0)} trials, ${before}`;
  return null;
}

/** `about 120, from 90 to 400 as results decide`; one number where results decide nothing. */
function rangeText({ min, likely, max }: Range, words: (value: number) => string, more: string): string {
  const [low, middle, high] = [words(min), words(likely), words(max)];
  if (low === high) return middle + more;
  return `about ${middle}${more}, from ${low} to ${high} as results decide`;
}
