import type { PairedDifference } from '../../campaign/statistics.js';
import type { JudgedComparison } from '../../compare/compare-method.js';
import type { MethodResult } from '../../compare/compare-result.js';
import { FIT_FIRST, GRID, RANDOM_AT_COST, STRICT } from '../../compare/contenders.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { plainTable, type TableCell } from '../report/data-table.js';
import { figure, markKey } from '../report/figure.js';
import { html } from '../report/html.js';
import type { Plot, PlotLayer, PlotRole, PlotShape } from '../report/plot/plot.js';
import { standalonePage } from '../report/standalone-page.js';

/** The text of `compare.html`: what a comparison found, in one file that needs no network and runs no script. */
export function comparePage(name: string, { result }: Pick<JudgedComparison, 'result'>): string {
  const { methods, metric, table, draws, selection, judges, verdict, hasCosts } = result;
  const cost = hasCosts ? 'multiply-adds' : 'epochs';
  const about =
    `${formatCount(table.settings, 'setting')} ran on ${formatCount(table.repeats, 'repeat')} each. ` +
    `Each method was replayed on ${formatCount(draws, 'draw')} of repeats: it chose on ${selection} of them, ` +
    `and the other ${judges} judged its choice.`;
  const body = html`<header>
<h1>${name}</h1>
<p class="method">Is fit_first nearly optimal here? · ${about}</p>
<p class="answer">${verdict.sentence}</p>
</header>
<main>
<section id="cost"><h2>Score against cost</h2>
${figure(costPlot(methods, metric.name, cost), {
  title: `What each method found in ${metric.name}, and what it trained.`,
  key: markKey(
    ['★', 'chosen', 'fit_first'],
    ['◆', 'chosen', 'fit_first, strict'],
    ['●', 'baseline', 'random search that costs as much as fit_first'],
    ['●', 'plain', 'other methods'],
    ['○', 'good', 'the grid on all repeats'],
  ),
})}
</section>
<section id="regret"><h2>Regret</h2>
${figure(regretPlot(methods, metric.name), {
  title: 'How much worse the choice of each method is than that of the grid, with 95 % intervals.',
  height: 380,
})}
</section>
<section id="methods"><h2>All methods</h2>
${plainTable(
  'The methods',
  header(metric.name, cost),
  methods.map((one) => rowOf(one, hasCosts)),
)}
</section>
</main>`;
  return standalonePage(`${name} · compare`, body, 'comparison');
}

function header(metric: string, cost: string): string[] {
  return [
    ...['method', 'repeats', 'trials', cost, 'times less than the grid', metric],
    ...['regret', '95 % interval', 'regret on the test part', '95 % interval'],
  ];
}

function rowOf(one: MethodResult, hasCosts: boolean): TableCell[] {
  return [
    ...[one.method, one.repeats, one.trials, hasCosts ? one.multiplyAdds.toExponential(1) : one.epochs],
    ...[one.saving, one.score],
    ...[one.regret.mean, intervalCell(one.regret)],
    ...[one.testRegret?.mean ?? null, one.testRegret && intervalCell(one.testRegret)],
  ];
}

function intervalCell({ low, high }: PairedDifference): string | null {
  return low === null || high === null ? null : `${formatNumber(low)} to ${formatNumber(high)}`;
}

const costOf = ({ multiplyAdds, epochs }: MethodResult): number => (multiplyAdds > 0 ? multiplyAdds : epochs);

/** The marks of methods that are looked for first. */
const MARKS: ReadonlyMap<string, readonly [PlotRole, PlotShape, size: number]> = new Map([
  [FIT_FIRST, ['chosen', 'star', 18]],
  [STRICT, ['chosen', 'diamond', 12]],
  [RANDOM_AT_COST, ['baseline', 'circle', 10]],
  [GRID, ['good', 'ring', 12]],
] as const);

function costPlot(methods: readonly MethodResult[], metric: string, cost: string): Plot {
  const dots = methods
    .filter(({ score }) => Number.isFinite(score))
    .map((one): PlotLayer => {
      const [role, shape, size] = MARKS.get(one.method) ?? (['plain', 'circle', 7] as const);
      const tip = `${one.method}: ${metric} ${formatNumber(one.score)}, ${formatNumber(one.saving)} times less`;
      return { kind: 'dots', role, shape, size, points: [{ x: costOf(one), y: one.score, tip }] };
    });
  // The marks that are looked for first lie above the others.
  const layers = dots.sort((a, b) => sizeOf(a) - sizeOf(b));
  return { x: { kind: 'log', name: `${cost} trained` }, y: { kind: 'number', name: metric }, layers };
}

const sizeOf = (layer: PlotLayer): number => (layer.kind === 'dots' ? layer.size : 0);

/** Names that fit below an axis. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  [STRICT, 'strict'],
  [RANDOM_AT_COST, 'same cost'],
  ['grid, raced', 'grid'],
]);

function regretPlot(methods: readonly MethodResult[], metric: string): Plot {
  const shown = methods.filter(({ repeats, regret }) => repeats === 'raced' && Number.isFinite(regret.mean));
  const bars = shown.flatMap(({ regret: { low, high } }, x) =>
    low === null || high === null ? [] : [{ x, low, high }],
  );
  const points = shown.map(({ method, regret }, x) => ({
    x,
    y: regret.mean,
    tip: `${method}: ${formatNumber(regret.mean)} (${intervalCell(regret) ?? 'no interval'})`,
  }));
  return {
    x: {
      kind: 'places',
      name: '',
      labels: shown.map(({ method }) => SHORT_NAMES.get(method) ?? method),
    },
    y: { kind: 'number', name: `regret in ${metric}` },
    layers: [
      { kind: 'level', role: 'quiet', y: 0 },
      { kind: 'intervals', role: 'plain', bars },
      { kind: 'dots', role: 'chosen', shape: 'circle', size: 8, points },
    ],
  };
}
