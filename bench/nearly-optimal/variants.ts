/**
 * Variants of fit_first on the tables that `npm run docs:nearly-optimal` has trained, held against raced random search
 * of the same cost: `npm run bench:variants`. Writes the section "Variants that were tried" of
 * docs/is-it-nearly-optimal.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sharedData } from '../../test/support/shared-data.js';
import { costCurve, regretAt } from './cost-curve.js';
import { readTable } from './read-table.js';
import { comparedTables } from './tables.js';
import { VARIANTS, variantRuns } from './variant-runs.js';
import { type Measured, sectionOf } from './variants-section.js';

const DRAWS = 40;

const folder = fileURLToPath(new URL('./results', import.meta.url));
const measured = new Map<string, Measured[]>();
for (const { name } of comparedTables(sharedData)) {
  const table = await readTable(folder, name, DRAWS);
  if (table === null) continue;
  const { curve, reference } = costCurve(table);
  for (const [variant, change] of Object.entries(VARIANTS)) {
    const { regret, cost } = variantRuns(table, change, reference);
    const entry = {
      table: name,
      regret,
      saving: reference.cost / cost,
      rival: regret - regretAt(curve, cost),
    };
    measured.set(variant, [...(measured.get(variant) ?? []), entry]);
  }
  console.log(name);
}
const page = fileURLToPath(new URL('../../docs/is-it-nearly-optimal.md', import.meta.url));
const section = sectionOf(measured, DRAWS);
const text = readFileSync(page, 'utf8');
const START = '## Variants that were tried\n';
const END = '## How to read the intervals\n';
const before = text.slice(0, text.indexOf(text.includes(START) ? START : END));
writeFileSync(page, `${before}${START}\n${section}\n${text.slice(text.indexOf(END))}`);
console.log(section);
