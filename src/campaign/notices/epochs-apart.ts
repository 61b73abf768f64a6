import type { CampaignFacts } from '../event.js';
import type { Finding } from '../finding.js';
import type { Settled } from '../trial.js';
import { lastReport } from '../trial-score.js';

/** Warns if trials ended by themselves with fewer epochs than they were asked for. */
export function noticeEpochsApart(trials: readonly Settled[], facts: CampaignFacts): Finding | null {
  // A program that does not get its epochs from the config trains for as long as it likes.
  if (facts.space.epochs?.kind !== 'fixed') return null;
  const complete = trials.filter((trial) => trial.state === 'finished' && trial.reason === 'complete');
  const short = complete.filter((trial) => (lastReport(trial)?.epoch ?? 0) < trial.spec.epochs);
  const [first] = short;
  if (first === undefined) return null;
  const reported = lastReport(first)?.epoch ?? 0;
  return {
    kind: 'warning',
    code: 'epochs-apart',
    numbers: { asked: first.spec.epochs, reported },
    because:
      `A trial was asked for ${first.spec.epochs} epochs and reported ${reported}. If the program does not stop ` +
      'early by itself, check that it reads epochs, and that a report is read for each epoch.',
  };
}
