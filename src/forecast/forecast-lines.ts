import type { Forecast, Range } from './forecast.js';

/** What stands beside a forecast. */
export interface Surroundings {
  readonly slots: number;
  /** Seconds that config and data took to read, which a run takes, too. */
  readonly loading: number;
  /** The most memory that calibrating took; null where nothing was run. */
  readonly peakBytes: number | null;
  readonly diskBytes: number | null;
  readonly folder: string;
}

/** Seconds for the report and the network's files at the end. */
const ENDING_SECONDS = 1.5;

/** A forecast in a few lines. */
export function forecastLines(forecast: Forecast, around: Surroundings): string[] {
  const { trials, epochs, seconds, tried } = forecast;
  const workers = `with ${around.slots} worker${around.slots === 1 ? '' : 's'}`;
  const lines = [`  trials     ${rangeText(trials, whole)}`, `  epochs     ${rangeText(epochs, whole)}`];
  if (seconds !== null) {
    const all = (value: number): number => value + around.loading + ENDING_SECONDS;
    const range = { least: all(seconds.least), likely: all(seconds.likely), most: all(seconds.most) };
    lines.push(`  time       ${rangeText(range, secondsText)} ${workers}`);
  }
  if (around.peakBytes !== null) lines.push(`  memory     about ${bytesText(around.peakBytes)}`);
  if (around.diskBytes !== null) {
    lines.push(`  disk       at most about ${bytesText(around.diskBytes)} in ${around.folder}`);
  }
  if (tried.trials > 0) {
    lines.push(
      `  calibrated on ${whole(tried.epochs)} epochs of ${whole(tried.trials)} trials, of which nothing is kept`,
    );
  }
  if (forecast.failure !== null) {
    // Its log is gone with the rest.
    const why = forecast.failure.replace(/^The end of .*:$/m, 'The end of what it printed:');
    lines.push(`  note       a trial failed that was tried: ${why}`);
  }
  return lines;
}

/** `about 120, at least 90 and at most 400`; one number where results decide nothing. */
function rangeText({ least, likely, most }: Range, words: (value: number) => string): string {
  const [low, middle, high] = [words(least), words(likely), words(most)];
  if (low === high) return middle;
  return `about ${middle}, from ${low} to ${high} as results decide`;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

function secondsText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = seconds / 60;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return `${(minutes / 60).toFixed(1)} h`;
}

function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e5) / 10} MB`;
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
