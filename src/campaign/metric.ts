/** Whether a smaller or a larger value is better. */
export type Goal = 'minimize' | 'maximize';

/** What a campaign optimises: a metric by name, and its goal. */
export interface Metric {
  readonly name: string;
  readonly goal: Goal;
}

/** Ends a trial early: it fits at the first report whose metric reaches the bound. */
export interface StopTarget {
  readonly metric: string;
  readonly goal: Goal;
  readonly bound: number;
}

/** True where `a` is strictly better than `b`. A value that is not a number is never better. */
export function isBetter(goal: Goal, a: number, b: number): boolean {
  if (Number.isNaN(a)) return false;
  if (Number.isNaN(b)) return true;
  return goal === 'minimize' ? a < b : a > b;
}

/**
 * What is better in a metric, where the end of its name says so: losses and errors when smaller, scores when larger.
 */
export function goalInName(name: string): Goal | null {
  if (/(loss|rmse|mse|mae|error|perplexity)$/i.test(name)) return 'minimize';
  return /(acc|accuracy|r2|f1|auc|score|precision|recall)$/i.test(name) ? 'maximize' : null;
}

/** True where the value reaches the bound. */
export function reaches(until: StopTarget, value: number): boolean {
  return until.goal === 'minimize' ? value <= until.bound : value >= until.bound;
}

/** How much better `a` is than `b`. Positive is better for both goals. */
export function advantage(goal: Goal, a: number, b: number): number {
  return goal === 'minimize' ? b - a : a - b;
}

/** A target that no value reaches: a trial with it runs to its end and reports the metric. */
export function neverReached(metric: string, goal: Goal): StopTarget {
  return { metric, goal, bound: goal === 'minimize' ? -Number.MAX_VALUE : Number.MAX_VALUE };
}

/** Whether a value can reach the target, so that a trial which ends without it says something. */
export function isReachable({ bound }: StopTarget): boolean {
  return Math.abs(bound) < Number.MAX_VALUE;
}
