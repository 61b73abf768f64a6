import { EpochCount } from '../../../../../src/execution/epoch-count.js';
import { readReport } from '../../../../../src/execution/reports/read-report.js';
import { LineSplitter } from '../../../../../src/trainers/command/reading/line-splitter.js';
import { proposePattern } from '../../../../../src/trainers/command/reading/proposal/propose-pattern.js';
import { patternReader } from '../../../../../src/trainers/command/reading/report-pattern.js';
import { ReportMerger } from '../../../../../src/trainers/command/sources/report-merger.js';
import type { LogSample } from './log-sample.js';

/** What comes of the pattern that is proposed for a log. */
export type Proposed = 'right' | 'other' | 'none' | 'refused';

/** Proposes a pattern for a log and reads the log by it, as a trial would. */
export function tryProposal({ log, metric }: LogSample): {
  readonly result: Proposed;
  readonly pattern: string;
} {
  const splitter = new LineSplitter();
  const texts = [...splitter.add(Buffer.from(log))].map(({ text }) => text);
  const proposal = proposePattern(texts);
  if (proposal === null) return { result: 'none', pattern: '' };
  const { pattern } = proposal;
  const reader = patternReader([pattern]);
  const rule = { options: {}, completion: 'eager', mayRestart: false, label: 'the pattern' } as const;
  const merger = new ReportMerger([rule], Number.POSITIVE_INFINITY, new EpochCount());
  const reports = texts.flatMap((text) => {
    const reading = reader(text);
    if (reading.kind === 'bad') return [null];
    return reading.kind === 'reports' ? reading.reports.flatMap((one) => merger.take(0, one)) : [];
  });
  reports.push(
    ...(reader.finish?.().reports.flatMap((one) => merger.take(0, one)) ?? []),
    ...merger.finish(),
  );
  let epoch = 0;
  for (const report of reports) {
    if (report === null || readReport(report, epoch, Number.POSITIVE_INFINITY).kind === 'bad')
      return { result: 'refused', pattern };
    epoch = report.epoch;
  }
  const read = reports.flatMap((report) => report ?? []);
  const names = Object.keys(read[0]?.metrics ?? {});
  const isRight = metric.some((wanted) =>
    names.some(
      (name) =>
        read.length === wanted.length &&
        read.every(({ metrics }, i) => Math.abs((metrics[name] ?? Number.NaN) - (wanted[i] ?? 0)) < 1e-9),
    ),
  );
  return { result: isRight ? 'right' : 'other', pattern };
}
