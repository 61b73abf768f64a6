import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/campaign/report.js';
import { MAX_OPEN_REPORTS } from '../../src/execution/reports/report-listener.js';
import { ReportBatches } from '../../src/execution/threads/report-batches.js';

const report = (epoch: number): Report => ({ epoch, metrics: { loss: 1 / epoch } });

describe('reports on their way to another thread', () => {
  let sent: number[][] = [];
  const batches = (): ReportBatches =>
    new ReportBatches((reports) => sent.push(reports.map(({ epoch }) => epoch)));

  beforeEach(() => {
    sent = [];
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('go at once where they come slowly', () => {
    const reports = batches();
    for (const epoch of [1, 2, 3]) {
      void reports.add(report(epoch));
      vi.advanceTimersByTime(1_000);
    }
    expect(sent).toEqual([[1], [2], [3]]);
  });

  it('go together where they come quickly, none later than 25 milliseconds', () => {
    const reports = batches();
    for (let epoch = 1; epoch <= 100; epoch++) {
      void reports.add(report(epoch));
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(25);
    expect(sent.flat()).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(sent.length).toBeLessThanOrEqual(6);
  });

  it('go together in hundreds where no timer has its turn', () => {
    const reports = batches();
    for (let epoch = 1; epoch <= 60_000; epoch++) void reports.add(report(epoch));
    const rest = reports.takeRest().map(({ epoch }) => epoch);
    expect([...sent.flat(), ...rest]).toEqual(Array.from({ length: 60_000 }, (_, i) => i + 1));
    expect(sent.length).toBeLessThan(300);
  });

  it('let the trainer wait while too many are on their way, until they are dealt with', async () => {
    const reports = batches();
    let epoch = 0;
    let room = reports.add(report(++epoch));
    while (room === undefined) room = reports.add(report(++epoch));
    expect(epoch).toBeLessThanOrEqual(MAX_OPEN_REPORTS + 256);

    let goesOn = false;
    const waiting = room.then(() => {
      goesOn = true;
    });
    reports.acknowledge(1);
    await Promise.resolve();
    expect(goesOn).toBe(false);
    reports.acknowledge(MAX_OPEN_REPORTS);
    await waiting;
    expect(reports.add(report(++epoch))).toBeUndefined();
  });

  it('are left to the caller at the end, once', () => {
    const reports = batches();
    for (const epoch of [1, 2, 3]) void reports.add(report(epoch));
    expect(reports.takeRest()).toEqual([report(2), report(3)]);
    expect(reports.takeRest()).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(sent).toEqual([[1]]);
  });
});
