import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/campaign/event.js';
import type { TrialKey } from '../../src/campaign/trial.js';
import { ReportLog } from '../../src/execution/reports/report-log.js';

const of = { trial: '0123456789abcdef0123456789abcdef' as TrialKey, attempt: 1 };
const report = (epoch: number) => ({ epoch, metrics: { loss: 1 / epoch } });

/** A log whose events become durable when the test says so. */
function openLog() {
  const events: StoredEvent[] = [];
  const open: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const commit = (event: StoredEvent): Promise<void> => {
    events.push(event);
    return new Promise((resolve, reject) => {
      open.push({ resolve, reject });
    });
  };
  return { events, open, commit };
}

describe('the reports of an attempt in the journal', () => {
  it('share an entry if they arrive together', async () => {
    const log = openLog();
    const heard: number[] = [];
    const reports = new ReportLog(of, log, ({ epoch }) => heard.push(epoch));
    const together = [1, 2, 3].map((epoch) => reports.add(report(epoch)));
    await Promise.resolve();
    void reports.add(report(4));
    await Promise.resolve();
    expect(log.events).toEqual([
      { type: 'trial-reported-epochs', ...of, epochs: [1, 2, 3], metrics: { loss: [1, 0.5, 1 / 3] } },
      { type: 'trial-reported', ...of, report: report(4) },
    ]);
    expect(heard).toEqual([1, 2, 3, 4]);
    log.open[0]?.resolve();
    await Promise.all(together);
  });

  it('are written before what is journaled next, if the caller says so', async () => {
    const log = openLog();
    const reports = new ReportLog(of, log);
    const durable = reports.add(report(1));
    void reports.write();
    expect(log.events).toHaveLength(1);
    let isDurable = false;
    void durable.then(() => {
      isDurable = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDurable).toBe(false);
    log.open[0]?.resolve();
    await durable;
    expect(log.events).toHaveLength(1);
  });

  it('tell who waits for them if the journal cannot be written, and nobody else', async () => {
    const log = openLog();
    const reports = new ReportLog(of, log);
    const waited = reports.add(report(1));
    void reports.add(report(2));
    await Promise.resolve();
    log.open[0]?.reject(new Error('the disk is full'));
    await expect(waited).rejects.toThrow('the disk is full');
  });
});
