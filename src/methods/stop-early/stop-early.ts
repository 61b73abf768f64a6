import type { StopEarlyRule } from './epoch-bounds-for.js';

/** How the trials of a campaign end early; at least one of the two is given. */
export interface StopEarly {
  /** When a trial has fallen behind others; null if trials are not compared. */
  readonly fallingBehind: StopEarlyRule | null;
  /** The share of its epochs after which a trial ends that has not improved; null if none does. */
  readonly patience: number | null;
}
