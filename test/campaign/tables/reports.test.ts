import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/campaign/report.js';
import { reportEvents } from '../../../src/campaign/reported-epochs.js';
import { Reports } from '../../../src/campaign/tables/reports.js';
import type { TrialKey } from '../../../src/campaign/trial.js';

const metrics = fc.dictionary(fc.constantFrom('loss', 'val_loss', 'constructor'), fc.double({ noNaN: true }));
const reportLists = fc
  .array(metrics, { maxLength: 12 })
  .map((list): Report[] => list.map((one, i) => ({ epoch: 2 * i + 1, metrics: { ...one } })));

describe('the reports of an attempt', () => {
  it('are given back as they came, whatever metrics they have', () => {
    fc.assert(
      fc.property(reportLists, (list) => {
        const reports = Reports.of(list);
        expect(reports.toArray()).toEqual(list);
        expect(reports.last()).toEqual(list.at(-1));
        const losses = list.map((_, i) => reports.valueAt(i, 'val_loss'));
        expect(losses).toEqual(list.map((one) => one.metrics.val_loss));
        expect(new Set(reports.names())).toEqual(new Set(list.flatMap((one) => Object.keys(one.metrics))));
        expect(reports.upTo(5).toArray()).toEqual(list.filter(({ epoch }) => epoch <= 5));
        expect(Array.from({ length: 26 }, (_, epoch) => reports.ofEpoch(epoch))).toEqual(
          Array.from({ length: 26 }, (_, epoch) => list.find((one) => one.epoch === epoch)),
        );
        const numbers = reports.numbers();
        if (numbers !== null) {
          const values = numbers.values.map(Number);
          expect(Reports.fromNumbers(numbers.names, values).toArray()).toEqual(list);
          const shared = [7, ...values, 8];
          const part = Reports.fromNumbers(numbers.names, shared, 1, values.length);
          expect(part.toArray()).toEqual(list);
          expect(part.numbers()).toEqual(numbers);
          expect(part.upTo(5).toArray()).toEqual(reports.upTo(5).toArray());
          const further = { epoch: 99, metrics: { loss: 1 } };
          expect(part.push(further).toArray()).toEqual([...list, further]);
          expect(shared).toEqual([7, ...values, 8]);
        }
      }),
    );
  });

  it('are the same whether they were added one by one or together', () => {
    const of = { trial: '0' as TrialKey, attempt: 1 };
    fc.assert(
      fc.property(reportLists, fc.nat(12), (list, alone) => {
        const together = reportEvents(of, list.slice(alone)).reduce(
          (all, event) => (event.type === 'trial-reported' ? all.push(event.report) : all.pushAll(event)),
          Reports.of(list.slice(0, alone)),
        );
        expect(together.toArray()).toEqual(list);
        expect(together.numbers()).toEqual(Reports.of(list).numbers());
      }),
    );
  });

  it('are equal whatever the order of their metrics, and to no others', () => {
    fc.assert(
      fc.property(reportLists, (list) => {
        const reversed = list.map(({ epoch, metrics }) => ({
          epoch,
          metrics: Object.fromEntries(Object.entries(metrics).reverse()),
        }));
        expect(Reports.of(list).equals(Reports.of(reversed))).toBe(true);
        const longer = [...list, { epoch: 99, metrics: { loss: 1 } }];
        expect(Reports.of(list).equals(Reports.of(longer))).toBe(false);
        const changed = list.map((report) => ({ ...report, metrics: { ...report.metrics, loss: 0.125 } }));
        const isChanged = list.some(({ metrics }) => metrics.loss !== 0.125);
        expect(Reports.of(list).equals(Reports.of(changed))).toBe(!isChanged);
      }),
    );
  });

  it('do not change when others go on from them', () => {
    fc.assert(
      fc.property(reportLists, reportLists, reportLists, (list, ends, others) => {
        const base = Reports.of(list);
        const one = ends.reduce((all, report) => all.push(report), base);
        const other = others.reduce((all, report) => all.push(report), base);
        expect(base.toArray()).toEqual(list);
        expect(one.toArray()).toEqual([...list, ...ends]);
        expect(other.toArray()).toEqual([...list, ...others]);
      }),
    );
  });
});
