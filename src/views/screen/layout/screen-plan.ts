import { allocateRows, each, type RowRequest } from './allocate-rows.js';

/** A chart that could be shown. */
export interface ChartNeeds {
  readonly id: string;
  /** Rows without which it says nothing, and rows that it can use, its title left out. */
  readonly min: number;
  readonly max: number;
}

/** What there is to show between the steps and the footer. */
interface ScreenNeeds {
  readonly rows: number;
  /** In the order of the stages; the last belongs to the current stage. */
  readonly charts: readonly ChartNeeds[];
  /** Lines of names above the trials that run. */
  readonly names: number;
  /** The same lines, and the trials that may run at once. */
  readonly running: number;
  /** Lines of the sentence that says what is being done and why. */
  readonly sentence: number;
}

/** How many rows each part gets, its title included; a part with none is left out. */
interface ScreenPlan {
  readonly charts: readonly { readonly id: string; readonly rows: number; readonly gap: boolean }[];
  readonly running: { readonly rows: number; readonly titled: boolean; readonly gap: boolean };
  readonly sentence: { readonly rows: number; readonly gap: boolean };
  /** What happened last, a blank line above it. */
  readonly latest: number;
  readonly footerGap: boolean;
}

/** A blank line and three lines of what happened: fewer are not worth a look. */
const MIN_LATEST = 4;

/**
 * Shares out the rows of the screen. The chart of the current stage, what runs, and why, come before earlier
 * charts, and these before the last rows of long lists; blank lines come when the main things have their place. What
 * is left then shows what happened last.
 */
export function planScreen({ rows, charts: untitled, names, running, sentence }: ScreenNeeds): ScreenPlan {
  const charts = untitled.map(({ id, min, max }) => ({ id, min: min + 1, max: max + 1 }));
  const main = charts.at(-1);
  const earlier = charts.slice(0, -1).reverse();
  const mainRows = main === undefined ? 0 : main.max - main.min;
  const firstRows = Math.min(5, mainRows);
  const someRunning = Math.min(7 + names, running);
  const title: RowRequest<string> = { section: 'running-title', rows: 1 };
  const latest: RowRequest<string> = { section: 'latest', rows: MIN_LATEST };
  const granted = allocateRows<string>(rows, [
    ...each('sentence', Math.min(1, sentence)),
    ...each('running', Math.min(1, running)),
    ...(main === undefined ? [] : [{ section: main.id, rows: main.min }]),
    ...each('running', Math.min(3, running - 1)),
    ...(main === undefined ? [] : each(main.id, firstRows)),
    ...each('gap-running', Math.min(1, running)),
    ...each('sentence', Math.min(2, sentence - 1)),
    ...each('gap-main', 1),
    ...each('running', someRunning - Math.min(4, running)),
    ...each('gap-sentence', 1),
    ...each('gap-footer', 1),
    ...(running > 0 ? [title] : []),
    ...earlier.slice(0, 1).map(({ id, min }) => ({ section: id, rows: min + 1 })),
    ...(main === undefined ? [] : each(main.id, mainRows - firstRows)),
    ...earlier.slice(1).map(({ id, min }) => ({ section: id, rows: min + 1 })),
    ...each('running', running - someRunning),
    ...earlier.flatMap(({ id, min, max }) => each(id, max - min)),
    latest,
    ...each('latest', rows),
  ]);
  return {
    charts: charts.map((chart) => chartPlan(chart, chart === main, granted)),
    running: {
      rows: granted('running') + granted('running-title'),
      titled: granted('running-title') > 0,
      gap: granted('gap-running') > 0,
    },
    sentence: { rows: granted('sentence'), gap: granted('gap-sentence') > 0 },
    latest: granted('latest') < MIN_LATEST ? 0 : granted('latest'),
    footerGap: granted('gap-footer') > 0,
  };
}

/** Earlier charts were granted with the blank line above them; rows beyond the first grant never come without it. */
function chartPlan(
  { id, min }: ChartNeeds,
  main: boolean,
  granted: (section: string) => number,
): ScreenPlan['charts'][number] {
  const rows = granted(id);
  if (main) return { id, rows, gap: granted('gap-main') > 0 };
  return rows > min ? { id, rows: rows - 1, gap: true } : { id, rows: 0, gap: false };
}
