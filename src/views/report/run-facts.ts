import type { Timing } from '../model/timing.js';

/** How a campaign ran: of no part in any result, and different from one run to the next. */
export interface RunFacts {
  readonly timing: Timing;
  /** The machine that writes the report, in words; null if it is not known. */
  readonly machine: string | null;
}
