import { mean } from '../../src/campaign/statistics.js';
import { formatCount, formatNumber } from '../../src/text/number.js';
import { type AccuracyRun, OWN_NAME, ranksOf } from './accuracy-run.js';
import { advantagesOver, committeeAdvantages, type Difference, differenceOver } from './differences.js';

/** The network that was trained without a search. */
const UNSEARCHED = 'scikit-learn, 100 units';
const NEURAL_PEERS = [UNSEARCHED, 'Optuna TPE over scikit-learn'];

/** What the splits show, as Markdown: scores and ranks, how growth ended, and differences with their intervals. */
export function accuracyReport(runs: readonly AccuracyRun[]): string {
  const tables = [...new Set(runs.map(({ table }) => table))];
  const ownRuns = (table: string): AccuracyRun[] => runs.filter((run) => run.table === table);
  return [
    scoreTable(runs, tables.map(ownRuns)),
    searchTable(tables.map(ownRuns)),
    differenceTable(tables.map(ownRuns)),
    conclusion(runs, tables.map(ownRuns)),
  ].join('\n\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function scoreTable(runs: readonly AccuracyRun[], byTable: readonly AccuracyRun[][]): string {
  const names = [...new Set(runs.flatMap(({ scores }) => Object.keys(scores)))];
  const ranks = runs.map(ranksOf);
  const rankOf = (name: string): string => mean(ranks.map((one) => one.get(name) ?? names.length)).toFixed(2);
  const rows = byTable.map((own) => {
    const seconds = mean(own.map(({ processor }) => processor[OWN_NAME] ?? Number.NaN));
    const scores = names.map((name) => scoreText(own, name));
    return [...titleOf(own), String(own.length), ...scores, `${Math.round(seconds)} s`];
  });
  return markdownTable(
    ['table', 'rows x inputs', 'splits', ...names, 'processor time'],
    [...rows, ['**mean rank**', '', String(runs.length), ...names.map(rankOf), '']],
  );
}

function titleOf([first]: readonly AccuracyRun[]): [string, string] {
  return [first?.table ?? '', `${first?.rows} x ${first?.inputs}`];
}

/** The mean test score over the splits on which it is known. */
function scoreText(runs: readonly AccuracyRun[], name: string): string {
  const known = runs.filter(({ scores }) => scores[name] != null);
  if (known.length === 0) return 'failed';
  const values = known.map(({ scores }) => scores[name] ?? Number.NaN);
  return isClassification(runs)
    ? `${(100 * mean(values)).toFixed(1)} %`
    : `RMSE ${formatNumber(mean(values))}`;
}

const isClassification = ([first]: readonly AccuracyRun[]): boolean => first?.task === 'classification';

function searchTable(byTable: readonly AccuracyRun[][]): string {
  const rows = byTable.map((own) => {
    const endings = (['fit', 'plateau', 'limit'] as const).map((by) =>
      String(own.filter(({ growthEnded }) => growthEnded === by).length),
    );
    const gains = own.flatMap(({ gain }) => (gain === null ? [] : [gain]));
    const helps = gains.filter(([, low]) => low !== null && low > 0).length;
    return [
      titleOf(own)[0],
      ...endings,
      own.map(({ fitted }) => fitted ?? 'none').join(', '),
      own[0]?.chosen ?? '',
      `${helps} of ${own.length}`,
    ];
  });
  const head = ['table', 'fit', 'plateau', 'limit', 'fitted sizes', 'chosen on the first split'];
  return markdownTable([...head, 'splits with a certain gain of dropout'], rows);
}

function differenceTable(byTable: readonly AccuracyRun[][]): string {
  const rows = byTable.map((own) => {
    const unit = isClassification(own) ? 'points' : '% of RMSE';
    const text = (differences: readonly number[]): string =>
      differences.length === 0 ? '-' : `${formatDifference(differenceOver(differences))}`;
    const peers = NEURAL_PEERS.map((name) => text(advantagesOver(own, name)));
    const { score, loss } = committeeAdvantages(own);
    return [titleOf(own)[0], unit, ...peers, text(score), text(loss)];
  });
  const head = ['table', 'unit', ...NEURAL_PEERS.map((name) => `over ${name}`)];
  return markdownTable([...head, 'committee over its first network', 'its loss lower by, in %'], rows);
}

function formatDifference({ mean: centre, low, high }: Difference): string {
  const sign = (value: number): string => (value > 0 ? '+' : '') + value.toFixed(1);
  return low === null || high === null ? sign(centre) : `${sign(centre)} (${sign(low)} to ${sign(high)})`;
}

/** The goals and what came of them. */
function conclusion(runs: readonly AccuracyRun[], byTable: readonly AccuracyRun[][]): string {
  const classes = byTable.filter(isClassification);
  const numbers = byTable.filter((own) => !isClassification(own));
  const over = (tables: readonly AccuracyRun[][], peer: string): string =>
    tables.length === 0 ? '-' : mean(tables.map((own) => mean(advantagesOver(own, peer)))).toFixed(2);
  const clearlyWorse = byTable.flatMap((own) => {
    const { high } = differenceOver(advantagesOver(own, UNSEARCHED));
    return high !== null && high < 0 ? titleOf(own)[0] : [];
  });
  const better = runs.filter((run) => (committeeAdvantages([run]).loss[0] ?? 0) > 0).length;
  const committees = runs.filter(({ committeeGain }) => committeeGain !== null).length;
  const sentences = NEURAL_PEERS.map(
    (peer) =>
      `- Mean advantage over ${peer}: ${over(classes, peer)} points of accuracy ` +
      `(${formatCount(classes.length, 'table')}), ${over(numbers, peer)} % of RMSE ` +
      `(${formatCount(numbers.length, 'table')}).`,
  );
  return [
    ...sentences,
    `- Clearly worse than ${UNSEARCHED} (the interval is below 0): ` +
      `${clearlyWorse.length === 0 ? 'no table' : clearlyWorse.join(', ')}.`,
    `- The committee has the lower test loss on ${better} of ${committees} splits.`,
  ].join('\n');
}
