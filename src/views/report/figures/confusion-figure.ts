import type { Confusion, Mistake } from '../../../campaign/test-errors.js';
import { formatCount, formatPercent } from '../../../text/number.js';
import { dataTable, type TableCell } from '../data-table.js';
import { figure, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import type { Plot } from '../plot/plot.js';

/** Up to this many classes stand against each other in a square; of more, the most frequent mistakes are drawn. */
const SQUARE_UP_TO = 20;

/** How many mistakes are drawn, and how many are listed. */
const DRAWN = 15;
const LISTED = 100;

/** Which class was taken for which: a square of all pairs, or the most frequent mistakes where classes are many. */
export function confusionFigure(
  own: Confusion,
  baseline: Confusion | null,
  classes: readonly string[],
): Html {
  const name = (place: number): string => classes[place] ?? String(place);
  const isSquare = own.rows.length <= SQUARE_UP_TO;
  const title = finding(own, name);
  const tables = html`${dataTable(
    'Test rows by class',
    ['class', 'rows', 'right', 'share right', ...(baseline === null ? [] : ['right with the baseline'])],
    own.rows.map((rows, place): TableCell[] => {
      const right = own.right[place] ?? 0;
      return [
        name(place),
        rows,
        right,
        rows === 0 ? null : right / rows,
        ...(baseline === null ? [] : [baseline.right[place] ?? 0]),
      ];
    }),
  )}${dataTable(
    own.mistakes.length > LISTED ? `The ${LISTED} most frequent mistakes` : 'Every mistake',
    ['true', 'predicted', 'rows', ...(baseline === null ? [] : ['rows with the baseline'])],
    own.mistakes
      .slice(0, LISTED)
      .map(([truth, answer, rows]): TableCell[] => [
        name(truth),
        name(answer),
        rows,
        ...(baseline === null ? [] : [rowsOf(baseline, truth, answer)]),
      ]),
  )}`;
  if (!isSquare && own.mistakes.length === 0) return html`<p>${title}</p>${tables}`;
  const drawing = isSquare ? square(own, name) : mostFrequent(own, baseline, name);
  const lines = isSquare ? own.rows.length : Math.min(DRAWN, own.mistakes.length);
  return html`${figure(drawing, {
    title,
    key: isSquare
      ? markKey(
          ['■', 'chosen', 'given its own class'],
          ['■', 'baseline', 'taken for another; the stronger, the larger its share of the true class'],
        )
      : markKey(
          ['●', 'chosen', 'chosen'],
          ...(baseline === null ? [] : [['◆', 'baseline', 'baseline'] as const]),
        ),
    table: tables,
    height: Math.max(isSquare ? 220 : 160, 80 + 27 * lines),
  })}
${baseline !== null && html`<p>${comparison(own, baseline)}</p>`}`;
}

function finding(own: Confusion, name: (place: number) => string): string {
  const [first, second] = own.mistakes;
  if (first === undefined) return `Each of the ${sum(own.rows)} test rows is given its own class.`;
  const [truth, answer, rows] = first;
  const of = own.rows[truth] ?? 0;
  if (second === undefined) {
    const only = rows === 1 ? 'The only mistake: one' : 'The only kind of mistake:';
    return `${only} ‘${name(truth)}’ taken for ‘${name(answer)}’ (${rows} of ${of}).`;
  }
  const alike = own.mistakes.filter((mistake) => mistake[2] === rows).length - 1;
  const [otherTruth, otherAnswer, otherRows] = second;
  const others =
    alike === 0
      ? ''
      : alike === 1
        ? ` and ‘${name(otherTruth)}’ for ‘${name(otherAnswer)}’ (${otherRows} of ${own.rows[otherTruth] ?? 0})`
        : `, and ${formatCount(alike, 'other pair')} as often`;
  return `Most often ‘${name(truth)}’ is taken for ‘${name(answer)}’ (${rows} of ${of})${others}.`;
}

function comparison(own: Confusion, baseline: Confusion): string {
  const wrong = (confusion: Confusion): number => sum(confusion.rows) - sum(confusion.right);
  return (
    `Of ${sum(own.rows)} test rows the choice gets ${wrong(own)} wrong and the best without ` +
    `dropout ${wrong(baseline)}.`
  );
}

/** The first class at the top, true classes down and predicted ones across. */
function square(own: Confusion, name: (place: number) => string): Plot {
  const places = own.rows.map((_, place) => place);
  const shareOf = ([truth, , rows]: Mistake): number => rows / (own.rows[truth] ?? rows);
  const worst = Math.max(...own.mistakes.map(shareOf));
  const pairs: Mistake[] = [
    ...own.right.map((rows, place): Mistake => [place, place, rows]),
    ...own.mistakes,
  ];
  return {
    x: { kind: 'places', name: 'predicted', labels: places.map(name) },
    y: { kind: 'places', name: 'true', labels: places.map(name).reverse() },
    layers: [
      {
        kind: 'cells',
        cells: pairs
          .filter(([truth, , rows]) => rows > 0 && (own.rows[truth] ?? 0) > 0)
          .map((pair) => {
            const [truth, answer, rows] = pair;
            const of = own.rows[truth] ?? 0;
            return {
              x: answer,
              y: places.length - 1 - truth,
              // Mistakes are measured by the worst of them: a few among many rows are what one looks for.
              strength: truth === answer ? shareOf(pair) : shareOf(pair) / worst,
              text: String(rows),
              role: truth === answer ? ('chosen' as const) : ('baseline' as const),
              tip: `true ${name(truth)}, predicted ${name(answer)}: ${rows} of ${of} (${formatPercent(rows / of)})`,
            };
          }),
      },
    ],
  };
}

function mostFrequent(own: Confusion, baseline: Confusion | null, name: (place: number) => string): Plot {
  const mistakes = own.mistakes.slice(0, DRAWN).reverse();
  const label = ([truth, answer]: Mistake): string => `${short(name(truth))} → ${short(name(answer))}`;
  const tip = ([truth, answer]: Mistake, rows: number): string =>
    `true ${name(truth)}, predicted ${name(answer)}: ${rows} of ${own.rows[truth] ?? 0}`;
  return {
    x: { kind: 'number', name: 'test rows', whole: true },
    y: { kind: 'places', name: 'true → predicted', labels: mistakes.map(label) },
    layers: [
      ...mistakes.map(([, , rows], y) => ({
        kind: 'line' as const,
        role: 'quiet' as const,
        dashed: false,
        width: 1.5,
        points: [[0, y] as const, [rows, y] as const],
      })),
      {
        kind: 'dots',
        role: 'baseline',
        shape: 'diamond',
        size: 11,
        points:
          baseline === null
            ? []
            : mistakes.map((mistake, y) => {
                const rows = rowsOf(baseline, mistake[0], mistake[1]);
                return { x: rows, y, tip: `baseline, ${tip(mistake, rows)}` };
              }),
      },
      {
        kind: 'dots',
        role: 'chosen',
        shape: 'circle',
        size: 10,
        points: mistakes.map((mistake, y) => ({ x: mistake[2], y, tip: tip(mistake, mistake[2]) })),
      },
    ],
  };
}

function rowsOf({ mistakes }: Confusion, truth: number, answer: number): number {
  return mistakes.find((mistake) => mistake[0] === truth && mistake[1] === answer)?.[2] ?? 0;
}

function short(name: string): string {
  return name.length > 9 ? `${name.slice(0, 8)}…` : name;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, one) => total + one, 0);
}
