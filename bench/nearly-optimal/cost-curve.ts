import { mean } from '../../src/campaign/statistics.js';
import { contenders, GRID, randomSearch } from '../../src/compare/contenders.js';
import { trainingCost } from '../../src/compare/replay-draws.js';
import type { TrainedTable } from './read-table.js';
import { meansOf, type Reference, runsOf } from './variant-runs.js';

/** Mean regret at a mean cost. */
interface Point {
  readonly cost: number;
  readonly regret: number;
}

const BUDGETS = [4, 6, 8, 11, 15, 20, 25, 30, 36, 44, 54, 70];

/** Raced random search with rising numbers of settings: what a cost buys. The grid is what regret is held against. */
export function costCurve(table: TrainedTable): { curve: readonly Point[]; reference: Reference } {
  const { options } = table;
  const grid = runsOf(
    table,
    options,
    contenders(options).filter(({ name }) => name === GRID),
  );
  const reference = { scores: grid.map(({ score }) => score), cost: mean(grid.map(trainingCost)) };
  const curve = BUDGETS.map((settings) =>
    meansOf(runsOf(table, options, [randomSearch(settings, options)]), table, reference),
  );
  return { curve: curve.sort((a, b) => a.cost - b.cost), reference };
}

/** The regret of random search at a cost, between the neighbouring points on a scale of the logarithm of the cost. */
export function regretAt(curve: readonly Point[], cost: number): number {
  const next = curve.findIndex((point) => point.cost >= cost);
  const [below, above] = [curve[next - 1], curve[next]];
  if (above === undefined) return curve.at(-1)?.regret ?? Number.NaN;
  if (below === undefined) return above.regret;
  const share = Math.log(cost / below.cost) / Math.log(above.cost / below.cost);
  return below.regret + share * (above.regret - below.regret);
}
