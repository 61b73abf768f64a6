import type { Campaign } from '../../campaign/campaign.js';
import type { TrialKey } from '../../campaign/trial.js';
import { formatCount } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';

/** The worker processes on one machine. */
export interface HostStatus {
  readonly host: string;
  readonly workers: number;
  /** Trials that they run at once. */
  readonly slots: number;
  /** Keys of the trials that run now. */
  readonly trials: readonly string[];
  /** Workers that take no more trials. */
  readonly draining: number;
  /** Workers that give no sign of life. */
  readonly lost: number;
}

/** Trials of a machine that are named. */
const MAX_NAMED = 16;

/** One line for each machine, such as `node7: 2 workers, 3 of 4 slots busy (#7, #9, #12), 1 lost`. */
export function formatHosts(hosts: readonly HostStatus[], campaign: Campaign): string[] {
  return hosts.map(({ host, workers, slots, trials, draining, lost }) => {
    const busy = `${trials.length} of ${formatCount(slots, 'slot')} busy${numbersOf(trials, campaign)}`;
    const parts = [
      ...(workers > 0 ? [formatCount(workers, 'worker'), busy] : []),
      ...(draining > 0 ? [`${draining} draining`] : []),
      ...(lost > 0 ? [`${lost} lost`] : []),
    ];
    return `${escapeControls(host)}: ${parts.join(', ')}`;
  });
}

/** The machine that runs a trial; null if it runs on this one, or does not run. */
export function hostOf(trial: TrialKey, hosts: readonly HostStatus[] = []): string | null {
  return hosts.find(({ trials }) => trials.includes(trial))?.host ?? null;
}

/** The numbers of trials, in brackets. A trial ahead has none. */
function numbersOf(trials: readonly string[], campaign: Campaign): string {
  const numbers = trials.flatMap((key) => campaign.trials.get(key as TrialKey)?.number ?? []);
  if (numbers.length === 0) return '';
  const named = numbers.sort((a, b) => a - b).map((number) => `#${number}`);
  const more = named.length > MAX_NAMED ? ['…'] : [];
  return ` (${[...named.slice(0, MAX_NAMED), ...more].join(', ')})`;
}
