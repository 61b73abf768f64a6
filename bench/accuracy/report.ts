import { mean } from '../../src/campaign/statistics.js';
import { formatNumber } from '../../src/text/number.js';
import { type AccuracyRun, OWN_NAME, ranksOf } from './accuracy-run.js';

/** Mean ranks and mean scores by table, as Markdown. */
export function accuracyReport(runs: readonly AccuracyRun[]): string {
  const names = [...new Set(runs.flatMap(({ scores }) => Object.keys(scores)))];
  const tables = [...new Set(runs.map(({ table }) => table))];
  const ranks = runs.map(ranksOf);
  const rankOf = (name: string): string => mean(ranks.map((one) => one.get(name) ?? names.length)).toFixed(2);
  const rows = tables.map((table) => {
    const own = runs.filter((run) => run.table === table);
    const [first] = own;
    const fitted = own.map(({ fitted }) => fitted ?? 'none').join(' ');
    const seconds = mean(own.map(({ processor }) => processor[OWN_NAME] ?? Number.NaN));
    const shape = `${first?.rows} x ${first?.inputs}`;
    const scores = names.map((name) => scoreText(own, name));
    return [table, shape, String(own.length), fitted, ...scores, `${Math.round(seconds)} s`];
  });
  const head = ['table', 'rows x inputs', 'splits', 'fitted sizes', ...names, 'processor time'];
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    line(['mean rank', '', String(runs.length), '', ...names.map(rankOf), '']),
  ].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The mean test score over the splits on which it is known. */
function scoreText(runs: readonly AccuracyRun[], name: string): string {
  const known = runs.filter(({ scores }) => scores[name] != null);
  if (known.length === 0) return 'failed';
  const isShare = known[0]?.task === 'classification';
  const values = known.map(({ scores }) => scores[name] ?? Number.NaN);
  return isShare ? `${(100 * mean(values)).toFixed(1)} %` : formatNumber(mean(values));
}
