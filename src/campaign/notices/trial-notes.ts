import type { Finding } from '../finding.js';
import type { Settled } from '../trial.js';

/** Passes on what was noticed while the reports of trials were read, once for each sentence. */
export function noticeTrialNotes(trials: readonly Settled[]): Finding[] {
  const sentences = new Set(
    trials.flatMap((trial) => (trial.state === 'finished' ? (trial.notes ?? []) : [])),
  );
  return [...sentences].map((because) => ({ kind: 'warning', code: 'reports-noted', numbers: {}, because }));
}
