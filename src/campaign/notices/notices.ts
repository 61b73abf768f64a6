import type { CampaignFacts } from '../event.js';
import type { Finding } from '../finding.js';
import type { Settled } from '../trial.js';
import { noticeEpochsApart } from './epochs-apart.js';
import { noticeIdenticalRepeats } from './identical-repeats.js';
import { noticeIgnoredParameters } from './ignored-parameters.js';
import { noticeTrialNotes } from './trial-notes.js';
import { noticeUnchangingMetric } from './unchanging-metric.js';

/** Trials that are looked at: what is wrong with a program shows in its first ones. */
const MAX_TRIALS = 300;

/**
 * What the settled trials show about a program of the user: that it ignores the seed, a parameter or the epochs, or
 * that its metric is not what it should be. The built-in network needs no such look.
 */
export function noticesOf(settled: Iterable<Settled>, facts: CampaignFacts | null): Finding[] {
  if (facts === null || facts.trainer === 'built-in' || facts.notices === false) return [];
  const trials: Settled[] = [];
  for (const trial of settled) {
    if (trials.length === MAX_TRIALS) break;
    trials.push(trial);
  }
  const unchanging = noticeUnchangingMetric(trials, facts);
  const found = [
    noticeIdenticalRepeats(trials),
    unchanging,
    // A metric that never changes would show every parameter as ignored.
    unchanging === null ? noticeIgnoredParameters(trials, facts) : null,
    noticeEpochsApart(trials, facts),
  ];
  return [...found.flatMap((finding) => finding ?? []), ...noticeTrialNotes(trials)];
}

/** What makes two notices the same: a sentence may count trials, of which there are more later. */
const topicOf = (finding: Finding): string =>
  finding.kind === 'warning' && finding.code !== 'reports-noted' ? finding.code : finding.because;

/** The notices of which nothing was said yet. */
export function unsaidNotices(notices: readonly Finding[], said: Iterable<Finding>): Finding[] {
  if (notices.length === 0) return [];
  const topics = new Set([...said].map(topicOf));
  return notices.filter((notice) => !topics.has(topicOf(notice)));
}
