import { canonicalJson } from '../canonical-json.js';
import type { Settled } from '../trial.js';

/** Whether two finished trials gave the same numbers in all epochs, to the last digit. */
export function haveSameReports(a: Settled, b: Settled): boolean {
  if (a.state !== 'finished' || b.state !== 'finished' || a.reports.size === 0) return false;
  return canonicalJson(a.final ?? {}) === canonicalJson(b.final ?? {}) && a.reports.equals(b.reports);
}

/** What a trial is apart from its parameters and its repeat: only such trials are compared. */
export function trialFrame({ spec }: Settled): string {
  return JSON.stringify([spec.epochs, spec.until, spec.finish]);
}
