import type { Metric } from '../../campaign/metric.js';
import type { Trial } from '../../campaign/trial.js';
import { bestReport } from '../../campaign/trial-score.js';
import { formatCount } from '../../text/number.js';
import { epochsRun } from '../model/epochs/epochs-run.js';

type Finished = Extract<Trial, { state: 'finished' }>;

/** Why a trial ended when it did, as a sentence; null if it has not ended. A failed one has a message of its own. */
export function trialEnding(trial: Trial, metric: Metric): string | null {
  switch (trial.state) {
    case 'finished':
      return finishedEnding(trial, metric);
    case 'diverged':
      return `A metric was not a number after epoch ${trial.epoch}.`;
    case 'stopped':
      return trial.reason === 'person'
        ? 'You stopped this trial.'
        : 'Stopped: the method no longer needs it.';
    case 'waiting':
    case 'running':
    case 'failed':
      return null;
    default:
      return trial satisfies never;
  }
}

function finishedEnding(trial: Finished, metric: Metric): string | null {
  const { spec, reason } = trial;
  const ran = epochsRun(trial);
  const of = `${ran} of ${formatCount(spec.epochs, 'epoch')}`;
  switch (reason) {
    case 'complete':
      if (spec.finish?.committee !== undefined) return null;
      return ran < spec.epochs
        ? `It ended by itself after ${of}.`
        : `It ran all of its ${formatCount(spec.epochs, 'epoch')}.`;
    case 'fit':
      return `It reached the target of the fit after ${of}.`;
    case 'stopped-early':
      return `It fell behind other trials and was stopped after ${of}.`;
    case 'patience': {
      const best = bestReport(trial, metric)?.epoch ?? ran;
      return `Its ${metric.name} was best at epoch ${best} and did not improve, so it ended after ${of}.`;
    }
    default:
      return reason satisfies never;
  }
}
