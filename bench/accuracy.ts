/**
 * The network that `init` and `run` hand over, beside peers, on random 75/25 splits of real and generated tables:
 * `npm run bench:accuracy -- --splits 1-3 --tables sonar,wine`. Without `--splits` there are ten, without `--tables`
 * all tables. Peers see the same prepared rows, and the search among them (Optuna's TPE over scikit-learn's network)
 * gets the same processor time. Needs Debian's python3-sklearn and python3-optuna; FITFIRST_PYTHON names another
 * Python. The real tables are not part of the project: FITFIRST_SHARED_DATA names their folder.
 *
 * Each finished split becomes a line of bench/accuracy/runs.jsonl (`--to FILE` names another file) and is not measured
 * again, so the command goes on where it stopped. `--for MINUTES` starts no split after that time. Delete a line to
 * measure its split again. `npm run docs:real-data` writes the page from the file.
 */
import { appendFileSync } from 'node:fs';
import { sharedData } from '../test/support/shared-data.js';
import { accuracyOptions } from './accuracy/accuracy-options.js';
import { knownRuns } from './accuracy/known-runs.js';
import { accuracyReport } from './accuracy/report.js';
import { runSplit } from './accuracy/run-split.js';
import { accuracyTables } from './accuracy/tables.js';

const every = accuracyTables(sharedData);
const { tables, splits, file, minutes } = accuracyOptions(process.argv.slice(2), every);
if (sharedData === null) console.log('The real tables are not on this machine: generated sets only.');
const end = performance.now() + minutes * 60_000;
const runs = knownRuns(file);
for (const split of splits) {
  for (const table of tables) {
    if (runs.some((run) => run.table === table.name && run.split === split)) continue;
    if (performance.now() > end) break;
    const run = await runSplit(table, split);
    appendFileSync(file, `${JSON.stringify(run)}\n`);
    runs.push(run);
    console.log(JSON.stringify(run));
  }
}
console.log(accuracyReport(runs));
