import type { InspectedTable, Proposal } from '../../data/inspect/inspect-table.js';
import type { StarterEffort } from './starter-plan.js';

/** What a config for a table is written from. */
export interface Starter {
  readonly name: string;
  readonly inspected: InspectedTable;
  readonly proposal: Proposal;
  /** How the target came about: named by a person, or guessed for a reason. */
  readonly chosen: { readonly by: 'person' } | { readonly by: 'guess'; readonly because: string };
  /** Paths as the config is to have them. */
  readonly path: string;
  readonly test: string | null;
  /** The command that runs it. */
  readonly command: string;
  readonly effort: StarterEffort;
  /** What is said of the time that the campaign takes, as a sentence; null if nothing is known of it. */
  readonly time: string | null;
}
