/**
 * Do learning rates carry over from narrow to wide networks, with and without mup? Trains networks of 16 and 256 units
 * at nine learning rates on four small tables, and writes the measured part of docs/widths.md: `npm run docs:widths`.
 * FITFIRST_SHARED_DATA names the folder of the tables. Takes some minutes of one core.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sharedData } from '../test/support/shared-data.js';
import { type Carried, carriedRates } from './widths/carried-rates.js';
import { measuredPart } from './widths/measured-part.js';
import { TABLES, tableFrom } from './widths/tables.js';

const PAGE = fileURLToPath(new URL('../docs/widths.md', import.meta.url));
const TITLE = '## Measured\n';

if (sharedData === null) throw new Error('FITFIRST_SHARED_DATA does not name the folder of the tables');
const measured: Carried[] = [];
for (const table of TABLES) {
  const dataset = await tableFrom(sharedData, table);
  for (const layers of [1, 2]) {
    for (const optimizer of ['adam', 'sgd'] as const) {
      for (const parametrization of ['standard', 'mup'] as const) {
        const kind = { table: table.name, layers, optimizer, parametrization };
        measured.push(await carriedRates(dataset, kind));
      }
    }
  }
  console.log(`${table.name}: ${(process.cpuUsage().user / 1e6).toFixed(0)} s of processor time so far`);
}
const page = readFileSync(PAGE, 'utf8').split(TITLE)[0] ?? '';
writeFileSync(PAGE, `${page.trimEnd()}\n\n${TITLE}\n${measuredPart(measured)}`);
