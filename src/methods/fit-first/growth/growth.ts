import type { GrowthEnding } from '../../../campaign/finding.js';
import type { Spent } from './growth-limits.js';
import type { SizeResult } from './judge-size.js';

/** What the stage found. */
export interface Growth {
  /** All sizes that were tried, the smallest first. */
  readonly visited: readonly SizeResult[];
  /** The smallest size that fits, or null. */
  readonly fitted: SizeResult | null;
  readonly ended: GrowthEnd;
  readonly spent: Spent;
}

/** Why growth ended. The sentence is null where the fit itself, or the end of the list, says it. */
export interface GrowthEnd {
  readonly by: GrowthEnding;
  readonly because: string | null;
}
