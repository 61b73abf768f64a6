import type { ReportSource, SingleSource, SourceOptions } from '../../../execution/command-options.js';

/**
 * When a report of a source is complete. `at-once`: each record is a report. `eager`: the first epoch shows whether
 * one line or several tell of an epoch; with one, each is complete at once. `held`: when the next epoch begins.
 */
export type Completion = 'at-once' | 'eager' | 'held';

/** How the records of a source become reports. */
export interface SourceRule {
  readonly options: SourceOptions;
  readonly completion: Completion;
  /** Whether it may start over, as a file that is written again does: what was read before is then passed over. */
  readonly mayRestart: boolean;
  /** What a message calls it. */
  readonly label: string;
}

/** The sources in a trainer's `report`. */
export function sourcesOf(report: ReportSource): readonly SingleSource[] {
  return report.kind === 'several' ? report.sources : [report];
}

/** How a source is read. */
export function sourceRule(source: SingleSource): SourceRule {
  switch (source.kind) {
    case 'file':
      return { options: {}, completion: 'at-once', mayRestart: false, label: '$FITFIRST_REPORT' };
    case 'stdout':
      return { options: {}, completion: 'at-once', mayRestart: false, label: 'standard output' };
    case 'pattern': {
      const completion = source.epoch === undefined ? 'eager' : 'held';
      return { options: source, completion, mayRestart: false, label: 'the pattern' };
    }
    case 'log':
      return { options: source, completion: 'held', mayRestart: true, label: source.path };
    case 'tensorboard':
      return {
        options: source,
        completion: 'held',
        mayRestart: false,
        label: `TensorBoard's ${source.path}`,
      };
    default:
      return source satisfies never;
  }
}
