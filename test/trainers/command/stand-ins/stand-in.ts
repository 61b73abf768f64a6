import type { ParameterValue } from '../../../../src/campaign/parameters.js';

/** A program that stands in for a well-known kind of training program, and a config that tunes it as it is. */
export interface StandIn {
  readonly shape: string;
  /** The interpreter without which it cannot run. */
  readonly needs: 'node' | 'python3' | 'sh';
  readonly program: { readonly name: string; readonly text: string };
  /** Further files that it needs, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly config: string;
  /** The values that are best, of the parameters that matter. */
  readonly best: Readonly<Record<string, ParameterValue>>;
  /** Metrics of the whole trial that trials.csv has in addition. */
  readonly once?: readonly string[];
  readonly broken: readonly Broken[];
}

/** What breaks it: a change of the program or of the config, and what is said of it. */
export interface Broken {
  readonly what: string;
  readonly in: 'program' | 'config';
  readonly change: readonly [from: string | RegExp, to: string];
  readonly says: RegExp;
  /** Only a warning: a run would go on, and mean little. */
  readonly isWarning?: true;
}

/** What awk computes of the rate in `rate`, the seed and the epoch: best at a rate of 0.3. */
export const AWK_LOSS = '(rate - 0.3) ^ 2 + 1 / (e + 1) + seed % 97 / 10000';
