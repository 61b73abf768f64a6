import { bestReport } from '../../campaign/trial-score.js';
import { formatCount } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import type { Evidence } from '../evidence.js';
import { uselessDropout } from './dropout-groups.js';

/** The last part of the epochs, as a share: a best epoch in it means that validation still improves. */
const LAST = 0.1;

/** Dropout was given too few epochs: validation still improves at the end. */
export function diagnoseDropoutEpochs(evidence: Evidence): Diagnosis[] {
  const found = uselessDropout(evidence);
  const { facts } = evidence;
  if (found === null) return [];
  const trials = found.withDropout.trials.filter(({ state }) => state === 'finished');
  const improving = trials.filter((trial) => {
    const epoch = bestReport(trial, facts.metric)?.epoch ?? 0;
    return trial.reports.size >= 5 && epoch > trial.spec.epochs * (1 - LAST);
  }).length;
  const epochs = Math.max(0, ...trials.map(({ spec }) => spec.epochs));
  if (improving * 2 <= trials.length) return [];
  return [
    {
      code: 'dropout-still-learns',
      numbers: { improving, trials: trials.length, epochs },
      because:
        `With dropout, ${facts.metric.name} still improves in the last tenth of ${epochs} epochs in ${improving} of ` +
        `${formatCount(trials.length, 'trial')}.`,
      suggestion: `Set epochs to ${2 * epochs}: networks with dropout learn more slowly.`,
    },
  ];
}
