import type { Report } from '../../../campaign/report.js';
import type { EpochCount } from '../../../execution/epoch-count.js';
import { TrialFailure } from '../../../execution/trial-failure.js';
import { excerpt, type Numbers } from './report-line.js';

/**
 * A report out of the numbers of a line: the epoch is counted where it is not given. Throws TrialFailure where
 * something is no number; whether the epochs are in order is for whoever runs the trainer to see.
 */
export function reportOf(numbers: Numbers, epochs: EpochCount): Report {
  const metrics: Record<string, number> = {};
  let epoch: number | undefined;
  for (const [name, value] of Object.entries(numbers)) {
    if (typeof value !== 'number') {
      const found = excerpt(JSON.stringify(value) ?? String(value));
      throw new TrialFailure('bad-report', `The command reported ${found} as "${name}", which is no number.`);
    }
    if (name === 'epoch') epoch = value;
    else metrics[name] = value;
  }
  return { epoch: epochs.next(epoch), metrics };
}
