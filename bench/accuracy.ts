/**
 * The network that `init` and `run` hand over, beside peers, on random 75/25 splits of real and generated tables:
 * `npm run bench:accuracy -- SPLITS [TABLE ...]`. Peers see the same prepared rows, and the search among them
 * (Optuna's TPE over scikit-learn's network) gets the same processor time. Needs Debian's python3-sklearn and
 * python3-optuna; FITFIRST_PYTHON names another Python. The real tables are not part of the project:
 * FITFIRST_SHARED_DATA names their folder.
 *
 * Each finished split is kept in bench/accuracy/runs.jsonl, so the command goes on where it stopped. Delete the file
 * to measure again.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sharedData } from '../test/support/shared-data.js';
import { accuracyRunSchema } from './accuracy/accuracy-run.js';
import { accuracyReport } from './accuracy/report.js';
import { runSplit } from './accuracy/run-split.js';
import { accuracyTables } from './accuracy/tables.js';

const runsFile = fileURLToPath(new URL('./accuracy/runs.jsonl', import.meta.url));
const [splits = '10', ...names] = process.argv.slice(2);
const runs = existsSync(runsFile)
  ? readFileSync(runsFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => accuracyRunSchema.parse(JSON.parse(line)))
  : [];
if (sharedData === null) console.log('The real tables are not on this machine: generated sets only.');
const tables = accuracyTables(sharedData).filter(({ name }) => names.length === 0 || names.includes(name));
for (let split = 1; split <= Number(splits); split++) {
  for (const table of tables) {
    if (runs.some((run) => run.table === table.name && run.split === split)) continue;
    const run = await runSplit(table, split);
    appendFileSync(runsFile, `${JSON.stringify(run)}\n`);
    runs.push(run);
    console.log(JSON.stringify(run));
  }
}
console.log(accuracyReport(runs));
