import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Report, reportsIn } from '../../src/campaign/report.js';
import { reportEvents, SingleEntries } from '../../src/campaign/reported-epochs.js';
import type { TrialKey } from '../../src/campaign/trial.js';

const of = { trial: '0123456789abcdef0123456789abcdef' as TrialKey, attempt: 2 };
const reported = (epoch: number, metrics: Report['metrics']): Report => ({ epoch, metrics });

describe('reports that arrive together', () => {
  it('share an event, which gives them back one by one, with numbers of their own', () => {
    const metrics = fc.dictionary(fc.constantFrom('loss', 'val_loss'), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(metrics, { maxLength: 12 }), (list) => {
        const reports = list.map((one, i) => reported(2 * i + 1, { ...one }));
        const singles = new SingleEntries();
        const entries = reportEvents(of, reports).flatMap((event, i) =>
          singles.of({ seq: i + 1, at: 'now', event }),
        );
        expect(entries).toEqual(
          reports.map((report, i) => ({
            seq: i + 1,
            at: 'now',
            event: { type: 'trial-reported', ...of, report },
          })),
        );
      }),
    );
  });

  it('take one event where they have the same metrics, with a column for each of these', () => {
    const reports = [1, 2, 3].map((epoch) => reported(epoch, { loss: 1 / epoch, accuracy: epoch / 4 }));
    expect(reportEvents(of, reports)).toEqual([
      {
        type: 'trial-reported-epochs',
        ...of,
        epochs: [1, 2, 3],
        metrics: { loss: [1, 0.5, 1 / 3], accuracy: [0.25, 0.5, 0.75] },
      },
    ]);
  });

  it('take an event for each run of reports with the same metrics', () => {
    const names = ['a', 'a', 'b', 'a'];
    const reports = names.map((name, i) => reported(i + 1, { [name]: i }));
    expect(reportEvents(of, reports).map(({ type }) => type)).toEqual([
      'trial-reported-epochs',
      'trial-reported',
      'trial-reported',
    ]);
  });

  it('do not fill one line of the journal without end', () => {
    const reports = Array.from({ length: 600 }, (_, i) => reported(i + 1, { loss: i }));
    const events = reportEvents(of, reports);
    expect(events).toHaveLength(3);
    expect(events.flatMap((event) => ('epochs' in event ? reportsIn(event) : []))).toEqual(reports);
  });

  it('are no event where there are none', () => {
    expect(reportEvents(of, [])).toEqual([]);
  });
});
