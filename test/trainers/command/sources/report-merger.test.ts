import { describe, expect, it } from 'vitest';
import { EpochCount } from '../../../../src/execution/epoch-count.js';
import { patternReader } from '../../../../src/trainers/command/reading/report-pattern.js';
import { ReportMerger } from '../../../../src/trainers/command/sources/report-merger.js';
import type { Completion, SourceRule } from '../../../../src/trainers/command/sources/source-rule.js';

const rule = (completion: Completion, more: Partial<SourceRule> = {}): SourceRule => ({
  options: {},
  completion,
  mayRestart: false,
  label: 'the pattern',
  ...more,
});

type Line = Readonly<Record<string, number>>;

/** What a trial of 20 epochs reports whose only source says this. */
function reported(completion: Completion, records: readonly Line[], epochs = 20) {
  const merger = new ReportMerger([rule(completion)], epochs, new EpochCount());
  const early = records.map((record) => merger.take(0, record).map(({ epoch }) => epoch));
  const reports = merger.finish();
  return { early, left: reports.map(({ epoch, metrics }) => ({ epoch, ...metrics })), ...merger.once };
}

/** What a log reports that patterns read. */
function readLog(patterns: readonly string[], log: string, epochs = 20) {
  const merger = new ReportMerger([rule('eager')], epochs, new EpochCount());
  const reader = patternReader(patterns);
  const reports = log.split('\n').flatMap((line) => {
    const reading = reader(line);
    return reading.kind === 'reports' ? reading.reports.flatMap((one) => merger.take(0, one)) : [];
  });
  const { reports: left = [], once = {} } = reader.finish?.() ?? {};
  reports.push(...left.flatMap((one) => merger.take(0, one)));
  merger.takeOnce(once);
  reports.push(...merger.finish());
  return { reports: reports.map(({ epoch, metrics }) => ({ epoch, ...metrics })), ...merger.once };
}

describe('records of one source', () => {
  it('keeps a line at the end that names only new metrics for the whole trial, where epochs are counted', () => {
    const lines: Line[] = Array.from({ length: 20 }, (_, i) => ({ loss: 1 / (i + 1) }));
    const { early, metrics, notes } = reported('at-once', [...lines, { test_acc: 0.9 }, { test_f1: 0.8 }]);
    expect(early.flat()).toHaveLength(20);
    expect(metrics).toEqual({ test_acc: 0.9, test_f1: 0.8 });
    expect(notes).toEqual([]);
  });

  it('keeps a line without epoch among lines with epochs for the whole trial', () => {
    const { early, metrics } = reported('at-once', [
      { epoch: 1, loss: 1 },
      { parameters: 10 },
      { epoch: 2, loss: 1 },
    ]);
    expect(early).toEqual([[1], [], [2]]);
    expect(metrics).toEqual({ parameters: 10 });
  });

  it('says nothing of a program that trains as many epochs as its parameters say, in a shorter trial', () => {
    const merger = new ReportMerger([rule('at-once')], 2, new EpochCount(), 20);
    for (const epoch of [1, 2, 3]) merger.take(0, { epoch, loss: 1 });
    expect(merger.isOver).toBe(true);
    expect(merger.once.notes).toEqual([]);
  });

  it.each([
    ['longer', [1, 2, 3], /was ended\. Have it train for the number of epochs in FITFIRST_EPOCHS/],
    [
      'longer, from 0',
      [0, 1, 2],
      /If epoch 0 is measured before training, have it not report that epoch\. Otherwise/,
    ],
    [
      'longer or prints another line',
      [undefined, undefined, undefined],
      /If its last line is of no epoch but, say, a test score, have the pattern not match that line\. Otherwise/,
    ],
  ])('says that the program trains %s', (_, epochs, remedy) => {
    const lines = epochs.map((epoch, i) => ({ ...(epoch !== undefined && { epoch }), loss: i }));
    const { early, notes } = reported('at-once', lines, 2);
    expect(early).toEqual([[1], [2], []]);
    expect(notes).toEqual([
      expect.stringMatching(/^The program reported more than the 2 epochs of its trial/),
    ]);
    expect(notes[0]).toMatch(remedy);
  });

  it('says nothing of a program that reports its epochs and no more, however long it then goes on', () => {
    for (const lines of [[{ loss: 1 }, { loss: 2 }], [0, 1].map((epoch) => ({ epoch, loss: 1 }))])
      expect(reported('at-once', lines, 2).notes).toEqual([]);
  });

  it('counts the last of several lines of an epoch, and says so', () => {
    const { early, left, notes } = reported('eager', [
      { epoch: 1, loss: 3 },
      { epoch: 1, loss: 2 },
      { epoch: 2, loss: 1.5 },
      { epoch: 2, loss: 1 },
    ]);
    expect(early).toEqual([[], [], [1], []]);
    expect(left).toEqual([{ epoch: 2, loss: 1 }]);
    expect(notes).toEqual([
      'Several lines of an epoch were read from the pattern; the last of each epoch counts.',
    ]);
  });

  it('reports each line at once when the first epoch has one', () => {
    const { early, left } = reported(
      'eager',
      [1, 2, 3, 4].map((epoch) => ({ epoch, loss: 1 / epoch })),
    );
    expect(early).toEqual([[], [1, 2], [3], [4]]);
    expect(left).toEqual([]);
  });

  it('says that the first line counts where a later one of the same epoch says something else', () => {
    const { notes } = reported('eager', [
      { epoch: 1, loss: 3 },
      { epoch: 2, loss: 2 },
      { epoch: 2, loss: 9 },
    ]);
    expect(notes).toEqual([expect.stringMatching(/the first of that epoch counts/)]);
  });

  it('takes shares of epochs, as Hugging Face prints them, to the epoch in which they lie', () => {
    const { left } = reported(
      'held',
      [0.5, 1, 1.5, 2].map((epoch) => ({ epoch, loss: epoch })),
    );
    expect(left).toEqual([{ epoch: 2, loss: 2 }]);
  });

  it('divides steps into epochs', () => {
    const options = { epoch: { name: 'step', per: 100 } };
    const merger = new ReportMerger([rule('held', { options })], 20, new EpochCount());
    const reports = [50, 100, 150, 200, 250].flatMap((step) => merger.take(0, { step, loss: step }));
    expect([...reports, ...merger.finish()]).toEqual([
      { epoch: 1, metrics: { loss: 100 } },
      { epoch: 2, metrics: { loss: 200 } },
      { epoch: 3, metrics: { loss: 250 } },
    ]);
  });
});

describe('records of several sources', () => {
  const both = (): ReportMerger =>
    new ReportMerger(
      [rule('eager'), rule('held', { label: 'log.csv', mayRestart: true })],
      3,
      new EpochCount(),
    );

  it('reports an epoch when all sources have got past it, in any order of reading', () => {
    const train = [1, 2, 3].map((epoch) => [0, { epoch, loss: epoch }] as const);
    const validation = [1, 2, 3].map((epoch) => [1, { epoch, val_loss: epoch }] as const);
    const interleaved = train.flatMap((one, i) => [one, validation[i] ?? one]);
    const orders = [[...train, ...validation], [...validation, ...train], interleaved];
    for (const order of orders) {
      const merger = both();
      const reports = order.flatMap(([source, record]) => merger.take(source, record));
      expect([...reports, ...merger.finish()]).toEqual(
        [1, 2, 3].map((epoch) => ({ epoch, metrics: { loss: epoch, val_loss: epoch } })),
      );
    }
  });

  it('passes over what a file says again that starts over', () => {
    const merger = both();
    for (const epoch of [1, 2, 3]) merger.take(0, { epoch, loss: epoch });
    const records = [1, 2, 1, 2, 3].map((epoch) => ({ epoch, val_loss: epoch }));
    const reports = records.flatMap((record) => merger.take(1, record));
    expect([...reports, ...merger.finish()].map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  });

  it('names a source from which nothing was read', () => {
    const merger = both();
    merger.take(0, { epoch: 1, loss: 1 });
    expect(merger.finish()).toHaveLength(1);
    expect(merger.once.notes).toEqual(['Nothing was read from log.csv.']);
  });

  it('keeps metrics of a source that is read once for the whole trial', () => {
    const once = rule('held', { options: { once: true } });
    const merger = new ReportMerger([rule('at-once'), once], 3, new EpochCount());
    merger.take(1, { test_acc: 0.9 });
    expect(merger.take(0, { epoch: 1, loss: 1 })).toEqual([{ epoch: 1, metrics: { loss: 1 } }]);
    expect(merger.once.metrics).toEqual({ test_acc: 0.9 });
  });
});

describe('several patterns', () => {
  const patterns = ['epoch (?<epoch>\\d+) loss (?<loss>\\S+)', 'test accuracy (?<test_acc>\\S+)'];

  it('loses no epoch to a line that comes only at the end', () => {
    const { reports, metrics } = readLog(
      patterns,
      'epoch 1 loss 3\nepoch 2 loss 2\nepoch 3 loss 1\ntest accuracy 954/1000\n',
    );
    expect(reports).toEqual([1, 2, 3].map((epoch) => ({ epoch, loss: 4 - epoch })));
    expect(metrics).toEqual({ test_acc: 0.954 });
  });

  it('reports a line that comes every second epoch with that epoch', () => {
    const { reports, metrics } = readLog(
      patterns,
      'epoch 1 loss 4\nepoch 2 loss 3\ntest accuracy 0.5\nepoch 3 loss 2\nepoch 4 loss 1\ntest accuracy 0.6\n',
    );
    expect(reports).toEqual([
      { epoch: 1, loss: 4 },
      { epoch: 2, loss: 3, test_acc: 0.5 },
      { epoch: 3, loss: 2 },
      { epoch: 4, loss: 1, test_acc: 0.6 },
    ]);
    expect(metrics).toEqual({});
  });
});
