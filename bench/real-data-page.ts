/**
 * Writes docs/real-data.md from the splits that `npm run bench:accuracy` has measured: `npm run docs:real-data`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatCount } from '../src/text/number.js';
import type { AccuracyRun } from './accuracy/accuracy-run.js';
import { BEFORE, HOW_DEFAULTS_WERE_FOUND } from './accuracy/earlier-measurements.js';
import { knownRuns } from './accuracy/known-runs.js';
import { accuracyReport } from './accuracy/report.js';

/** How many tables the page is to cover, and how many splits of each. */
const PLANNED = { tables: 13, splits: 10 };

/** How much of what is planned has been measured, and how far one can trust it. */
function scopeOf(runs: readonly AccuracyRun[]): string {
  const splits = new Map<string, number>();
  for (const { table } of runs) splits.set(table, (splits.get(table) ?? 0) + 1);
  const count = `${formatCount(runs.length, 'split')} of ${formatCount(splits.size, 'table')}`;
  if (splits.size >= PLANNED.tables && Math.min(...splits.values()) >= PLANNED.splits)
    return `Measured: ${count}, ${PLANNED.splits} of each.`;
  const planned = `${PLANNED.splits} splits of each of ${PLANNED.tables} tables`;
  return `Measured so far: ${count}. The plan is ${planned}. One split of a table
has no interval, so it does not say which network is better on the table. Ranks over few splits say little, too.`;
}

/** What the splits show, and how to read it; a sentence where there are none. */
function measured(runs: readonly AccuracyRun[]): string {
  if (runs.length === 0) return 'No split has been measured with the present defaults of `init` yet.';
  const certain = runs.filter(({ gain }) => gain !== null && gain[1] !== null && gain[1] > 0).length;
  return `${scopeOf(runs)}

${accuracyReport(runs)}

How to read the tables ([glossary](glossary.md)):

- *Scores* are means over the splits: accuracy, or root mean squared error (RMSE) in the units of the target. The test
  rows were used for nothing else. *Mean rank*: 1 is the best of the five on a split.
- *Processor time* is that of a campaign, in seconds of one core.
- *Fit*, *plateau*, *limit*: on how many splits growth ended with a fit, at a plateau, or before a limit on its cost.
  *Fitted sizes* are those of the splits, in their order.
- *A certain gain of dropout*: its 95 % interval, from fresh repeats, is above 0. This is so on ${certain} of
  ${formatCount(runs.length, 'split')}.
- *Over* a peer: the mean difference over the splits, above 0 where fitfirst is better, with a 95 % interval that allows
  for the rows that splits share. Points are percentage points of accuracy; % of RMSE says how much lower the error is.
- *Committee over its first network*: what the mean of five networks gains over one of them, on the same test rows.`;
}

function pageOf(runs: readonly AccuracyRun[]): string {
  return `# The network that is handed over, on real and generated tables

Each table is split at random into 75 % to learn from and 25 % for the test, and each split is run with two commands.
The config that \`init\` writes is not edited:

    fitfirst init train.csv --target TARGET
    fitfirst run train.yaml

Peers see the same prepared rows: a network of 100 units of scikit-learn with its defaults, linear or logistic
regression, gradient boosting, and a search by Optuna's TPE over scikit-learn's network (units, layers, weight decay,
learning rate, epochs, batch size) with the same processor time.

${measured(runs)}

${HOW_DEFAULTS_WERE_FOUND}

${BEFORE}

Written by \`npm run docs:real-data\` from the splits that \`npm run bench:accuracy\` keeps in
\`bench/accuracy/runs.jsonl\`.
`;
}

writeFileSync(fileURLToPath(new URL('../docs/real-data.md', import.meta.url)), pageOf(knownRuns()));
