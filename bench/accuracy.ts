/**
 * The network that `init` and `run` hand over, beside peers, on random 75/25 splits of real and generated tables:
 * `npm run bench:accuracy -- SPLITS [TABLE ...]`. Peers see the same prepared rows, and the search among them
 * (Optuna's TPE over scikit-learn's network) gets the same processor time. Needs Debian's python3-sklearn and
 * python3-optuna; FITFIRST_PYTHON names another Python. The real tables are not part of the project:
 * FITFIRST_SHARED_DATA names their folder.
 *
 * Each finished split is kept in bench/accuracy/runs.jsonl, so the command goes on where it stopped. Delete the file
 * to measure again. `npm run docs:real-data` writes the page from this file.
 */
import { appendFileSync } from 'node:fs';
import { sharedData } from '../test/support/shared-data.js';
import { knownRuns, runsFile } from './accuracy/known-runs.js';
import { accuracyReport } from './accuracy/report.js';
import { runSplit } from './accuracy/run-split.js';
import { accuracyTables } from './accuracy/tables.js';

const [splits = '10', ...names] = process.argv.slice(2);
const runs = knownRuns();
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
