import { formatCount } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';

/** The worker processes on one machine. */
export interface HostStatus {
  readonly host: string;
  readonly workers: number;
  /** Trials that they run at once. */
  readonly slots: number;
  /** Trials that run now. */
  readonly running: number;
  /** Workers that take no more trials. */
  readonly draining: number;
  /** Workers that give no sign of life. */
  readonly lost: number;
}

/** One line for each machine, such as `node7: 2 workers, 3 of 4 slots busy, 1 lost`. */
export function formatHosts(hosts: readonly HostStatus[]): string[] {
  return hosts.map(({ host, workers, slots, running, draining, lost }) => {
    const parts = [
      ...(workers > 0
        ? [formatCount(workers, 'worker'), `${running} of ${formatCount(slots, 'slot')} busy`]
        : []),
      ...(draining > 0 ? [`${draining} draining`] : []),
      ...(lost > 0 ? [`${lost} lost`] : []),
    ];
    return `${escapeControls(host)}: ${parts.join(', ')}`;
  });
}
