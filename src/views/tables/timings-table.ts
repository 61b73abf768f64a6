import type { Campaign } from '../../campaign/campaign.js';
import type { Timing } from '../model/timing.js';
import type { CsvRow } from './csv-text.js';

/**
 * The rows of `timings.csv`, the header first: one row for each attempt, in the order in which they started. A trial
 * that only rode along has no number; its key stands there instead. `seconds` and `ended` are empty while it runs.
 */
export function* timingRows(campaign: Campaign, timing: Timing): Generator<CsvRow> {
  yield ['trial', 'attempt', 'worker', 'started', 'seconds', 'ended'];
  for (const { trial, attempt, worker, started, ended, how } of timing.attempts) {
    const number = campaign.trials.get(trial)?.number ?? trial;
    const seconds = ended === null ? null : (ended - started) / 1000;
    yield [number, attempt, worker, new Date(started).toISOString(), seconds, how];
  }
}
