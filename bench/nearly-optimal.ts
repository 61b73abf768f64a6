/**
 * Is fit_first nearly optimal? Runs `compare` on all tables, and writes docs/is-it-nearly-optimal.md:
 * `npm run docs:nearly-optimal -- [TABLE ...]`. FITFIRST_SHARED_DATA names the folder of the real tables. Trained
 * trials are kept in bench/nearly-optimal/results, so the command goes on where it stopped. Delete the folder to train
 * again.
 * With names, only these tables are trained, and the page has all that were ever finished.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompareResult } from '../src/compare/compare-result.js';
import { sharedData } from '../test/support/shared-data.js';
import { compareTable } from './nearly-optimal/compare-table.js';
import { pageOf } from './nearly-optimal/page.js';
import { comparedTables } from './nearly-optimal/tables.js';
import { PAGE, variantsIn } from './nearly-optimal/variants-place.js';

const folder = fileURLToPath(new URL('./nearly-optimal/results', import.meta.url));
const names = process.argv.slice(2);
const results: (readonly [name: string, result: CompareResult])[] = [];
const tables = comparedTables(sharedData);
for (const table of tables) {
  const finished = join(folder, table.name, 'results', 'compare.json');
  if (names.length > 0 && !names.includes(table.name)) {
    if (existsSync(finished)) results.push([table.name, JSON.parse(readFileSync(finished, 'utf8'))]);
    continue;
  }
  const result = await compareTable(table, folder);
  console.log(`${table.name}: ${result.verdict.sentence}`);
  results.push([table.name, result]);
}
const variants = existsSync(PAGE) ? variantsIn(readFileSync(PAGE, 'utf8')) : '';
writeFileSync(PAGE, pageOf(results, tables.length, variants));
