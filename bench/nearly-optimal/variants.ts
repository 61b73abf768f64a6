/**
 * Variants of fit_first on the tables of `npm run docs:nearly-optimal`, held against raced random search of the same
 * cost: `npm run bench:variants`. Trains twice as many repeats, so that more of them judge; trials of the comparison
 * are reused. Writes the section "Variants that were tried" of docs/is-it-nearly-optimal.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sharedData } from '../../test/support/shared-data.js';
import { TABLES_FOR_VARIANTS as TABLES, trainTable } from './compare-table.js';
import { costCurve, regretAt } from './cost-curve.js';
import { PRIORS, priorRuns } from './growth-prior.js';
import { readTable } from './read-table.js';
import { comparedTables } from './tables.js';
import { VARIANTS, variantRuns } from './variant-runs.js';
import { PAGE, withVariants } from './variants-place.js';
import { type Measured, sectionOf } from './variants-section.js';

const DRAWS = 40;

const folder = fileURLToPath(new URL('./results', import.meta.url));
const measured = new Map<string, Measured[]>();
for (const compared of comparedTables(sharedData)) {
  const { name } = compared;
  const { config, out } = await trainTable(compared, folder, TABLES);
  const table = await readTable(config, out, TABLES, DRAWS);
  const { curve, reference } = costCurve(table);
  const runs = [
    ...Object.entries(VARIANTS).map(([variant, change]) => ({
      variant,
      ...variantRuns(table, change, reference),
    })),
    ...Object.keys(PRIORS).map((variant) => ({ variant, ...priorRuns(variant, table, reference) })),
  ];
  for (const { variant, regret, cost } of runs) {
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
const section = sectionOf(measured, DRAWS);
writeFileSync(PAGE, withVariants(readFileSync(PAGE, 'utf8'), section));
console.log(section);
