import { panelFrame } from '../widgets/panel.js';
import { allocateRows, each, type RowRequest } from './allocate-rows.js';
import type { ChartNeeds } from './screen-plan.js';

/** What there is to show in two columns. */
interface WideNeeds {
  readonly rows: number;
  /** In the order of the stages; the last belongs to the current stage. */
  readonly charts: readonly ChartNeeds[];
  /** Lines of names above the trials that run. */
  readonly names: number;
  /** The same lines, and the trials that may run at once. */
  readonly running: number;
  /** Rows that the details of a trial can use; 0 where none is shown. */
  readonly details: number;
}

/** A panel and its rows, its frame included. */
interface PlannedPanel {
  readonly id: string;
  readonly rows: number;
}

/** The panels of both columns from top to bottom; each column fills all rows. */
interface WidePlan {
  readonly left: readonly PlannedPanel[];
  readonly right: readonly PlannedPanel[];
}

/** Panels that are no chart of a stage. */
export const panels = { running: 'running trials', details: 'details', history: 'history' } as const;

/** Rows of a frame with the least that is worth a look in it. */
const leastDetails = panelFrame.rows + 8;
const leastHistory = panelFrame.rows + 3;

/**
 * Shares out the rows of two columns: at the left the charts of the stages, that of the current stage first, at the
 * right what runs and the details of one trial. What happened has its panel where more is left.
 */
export function planWide({ rows, charts, names, running, details }: WideNeeds): WidePlan {
  const left = chartPanels(rows, charts);
  const right = trialPanels(rows, names, Math.max(1, running), details);
  const [leftRest, rightRest] = [left, right].map((column) => rows - sumOf(column));
  const atLeft = left.length === 0 || (leftRest ?? 0) > (rightRest ?? 0);
  return {
    left: filled(withHistory(left, rows, atLeft), rows),
    right: filled(withHistory(right, rows, !atLeft), rows),
  };
}

function chartPanels(rows: number, charts: readonly ChartNeeds[]): PlannedPanel[] {
  const main = charts.at(-1);
  if (main === undefined) return [];
  const earlier = charts.slice(0, -1).reverse();
  const whole = ({ id, min }: ChartNeeds): RowRequest<string> => ({
    section: id,
    rows: min + panelFrame.rows,
  });
  const max = main.max - main.min;
  const soon = Math.min(5, max);
  const granted = allocateRows<string>(rows, [
    whole(main),
    ...each(main.id, soon),
    ...earlier.map(whole),
    ...each(main.id, max - soon),
    ...earlier.flatMap(({ id, min, max: all }) => each(id, all - min)),
  ]);
  // Rows beyond the first grant never come without it.
  return charts.flatMap(({ id, min }) =>
    granted(id) < min + panelFrame.rows ? [] : [{ id, rows: granted(id) }],
  );
}

function trialPanels(rows: number, names: number, running: number, details: number): PlannedPanel[] {
  const first = Math.min(3 + names, running);
  const more = Math.min(7 + names, running) - first;
  const has = details > 0;
  const granted = allocateRows<string>(rows, [
    { section: panels.running, rows: panelFrame.rows + 1 },
    ...each(panels.running, first - 1),
    ...(has ? [{ section: panels.details, rows: leastDetails }] : []),
    ...each(panels.running, more),
    { section: panels.history, rows: leastHistory },
    ...(has ? each(panels.details, details + panelFrame.rows - leastDetails) : []),
    ...each(panels.running, running - first - more),
  ]);
  return [panels.running, panels.details].flatMap((id) =>
    granted(id) === 0 || (id === panels.details && granted(id) < leastDetails)
      ? []
      : [{ id, rows: granted(id) }],
  );
}

function withHistory(
  column: readonly PlannedPanel[],
  rows: number,
  wanted: boolean,
): readonly PlannedPanel[] {
  const rest = rows - sumOf(column);
  return wanted && rest >= leastHistory ? [...column, { id: panels.history, rows: rest }] : column;
}

/** The last panel of a column reaches down to the end of the others. */
function filled(column: readonly PlannedPanel[], rows: number): readonly PlannedPanel[] {
  const rest = rows - sumOf(column);
  return column.map((panel, i) => (i === column.length - 1 ? { ...panel, rows: panel.rows + rest } : panel));
}

function sumOf(column: readonly PlannedPanel[]): number {
  return column.reduce((sum, { rows }) => sum + rows, 0);
}
