import type { CompareResult, JudgedRun } from '../../compare/compare-result.js';
import type { CsvRow } from '../tables/csv-text.js';
import { parameterCell } from '../tables/parameter-cell.js';

/** The rows of `compare.csv`, the header first: a row for each method, with means over the draws. */
export function compareRows({ methods }: CompareResult): CsvRow[] {
  return [
    [
      ...['method', 'repeats', 'trials', 'epochs', 'multiply_adds', 'times_less', 'score'],
      ...['regret', 'regret_low', 'regret_high', 'test_regret', 'test_regret_low', 'test_regret_high'],
    ],
    ...methods.map(
      (one): CsvRow => [
        ...[one.method, one.repeats, one.trials, one.epochs, one.multiplyAdds, one.saving, one.score],
        ...[one.regret.mean, one.regret.low, one.regret.high],
        ...[one.testRegret?.mean ?? null, one.testRegret?.low ?? null, one.testRegret?.high ?? null],
      ],
    ),
  ];
}

/** The rows of `compare-replays.csv`, the header first: a row for each method and draw. */
export function replayRows(runs: readonly JudgedRun[], parameters: readonly string[]): CsvRow[] {
  const own = ['trials', 'epochs', 'multiply_adds', 'score', 'regret', 'test_score', 'test_regret'];
  const taken = ['method', 'draw', ...own];
  const settings = parameters.map((name) => (taken.includes(name) ? `parameter_${name}` : name));
  return [
    ['method', 'draw', ...settings, ...own],
    ...runs.map(
      (run): CsvRow => [
        ...[run.method, run.draw, ...parameters.map((name) => parameterCell(run.chosen?.[name]))],
        ...[run.trials, run.epochs, run.multiplyAdds, run.score, run.regret, run.testScore, run.testRegret],
      ],
    ),
  ];
}

/** The rows of `compare-timings.csv`, the header first: how long a method would train, in seconds of one worker. */
export function compareTimingRows(seconds: ReadonlyMap<string, number>): CsvRow[] {
  return [['method', 'seconds'], ...[...seconds].map(([method, taken]): CsvRow => [method, taken])];
}

/** The text of `compare.json`. */
export function compareJson(result: CompareResult): string {
  const finite = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? null : value;
  return `${JSON.stringify(result, finite, 2)}\n`;
}
