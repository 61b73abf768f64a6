import type { Settled } from '../trial.js';

/** What a trial measured, as text: equal texts mean that all numbers of all epochs are the same. */
function measuredText(trial: Settled): string | null {
  if (trial.state !== 'finished' || trial.reports.size === 0) return null;
  const known = texts.get(trial);
  if (known !== undefined) return known;
  const reports = trial.reports.toArray().map(({ epoch, metrics }) => [epoch, sorted(metrics)]);
  const text = JSON.stringify([reports, sorted(trial.final ?? {})]);
  texts.set(trial, text);
  return text;
}

const texts = new WeakMap<Settled, string>();

const sorted = (metrics: Readonly<Record<string, number>>): unknown =>
  Object.entries(metrics).sort(([a], [b]) => (a < b ? -1 : 1));

/** Whether two trials gave the same numbers to the last digit. */
export function haveSameReports(a: Settled, b: Settled): boolean {
  const text = measuredText(a);
  return text !== null && text === measuredText(b);
}

/** What a trial is apart from its parameters and its repeat: only such trials are compared. */
export function trialFrame({ spec }: Settled): string {
  return JSON.stringify([spec.epochs, spec.until, spec.finish]);
}
