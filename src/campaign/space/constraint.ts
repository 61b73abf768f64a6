import type { Parameters } from '../parameters.js';

/** A condition on settings, in addition to the domains of their parameters. */
export interface Constraint {
  /** As the config says it: `hidden * layers <= 1024`. */
  readonly text: string;
  /** The parameters that it names. */
  readonly names: readonly string[];
  /** Whether a setting satisfies it. One that names a parameter which is not active in a setting holds there. */
  allows(setting: Parameters): boolean;
}
