/** What a rule of elimination sees of a setting. */
export interface RacedValues {
  /** The metric on repeat 1, 2, ... */
  readonly values: readonly number[];
  /** Whether a repeat was stopped early, so that the setting cannot win. */
  readonly isCut?: boolean;
}

/** What follows from the repeats that a race has run so far. */
export interface Round<Entry> {
  /** The settings that stay in the race, in the order in which they were given. */
  readonly kept: readonly Entry[];
  /** Repeats that these have run after the next round. */
  readonly upTo: number;
  /** Why they stay: `running` settings run on, and `also` is a clause on one that runs on for another reason. */
  readonly because: (running: number, also: string) => string;
  /** The test that left one setting, so that the race ends; null where it goes on. */
  readonly ended: { readonly test: 'friedman' | 'wilcoxon'; readonly p: number } | null;
}
