import assert from 'node:assert/strict';
import { buildDataset } from '../../data/build/build-dataset.js';
import type { RowSource } from '../../data/sources/row-source.js';
import { parseCell } from '../../data/table/cell.js';
import { readTable } from '../../data/table/read-table.js';
import type { ContractCheck } from '../contract.js';
import { damageChecks } from './damage-checks.js';
import { assertDiagnostic, SourceFiles } from './source-files.js';
import {
  type ReferenceCell,
  type ReferenceTable,
  referenceTables,
  type SourceSubject,
} from './source-subject.js';
import { type VisitedRow, visitedRows } from './visited-rows.js';

/** What every source of rows has to do: give the cells of its table in order, with places that messages can name. */
export function sourceContract(subject: SourceSubject): readonly ContractCheck[] {
  const { small, gaps, large } = referenceTables(subject);
  const check = (name: string, table: ReferenceTable, run: SourceCheck): ContractCheck => ({
    name,
    run: async () => {
      await using files = await SourceFiles.create(subject);
      await run(await files.sourceOf(table), table);
    },
  });
  return [
    check('has a name and places that differ by line and by cell', small, hasPlaces),
    check('gives the rows and columns of its table in their order', small, givesTable),
    check('gives missing cells as missing', gaps, givesTable),
    check('gives a table that is larger than what is read at a time', large, givesTable),
    check('gives the same when it is read again', small, givesTwice),
    check('gives rows whose errors name line and cell', gaps, placesErrors),
    ...('open' in subject ? damageChecks(subject, small) : []),
  ];
}

type SourceCheck = (source: RowSource, table: ReferenceTable) => Promise<void>;

const hasPlaces: SourceCheck = async ({ name, shortName, placeOf }) => {
  assert.match(name, /\S/);
  assert.ok(name.endsWith(shortName), `the short name ${shortName} is not the end of ${name}`);
  const places = [placeOf(1, 1), placeOf(1, 2), placeOf(2, 1)];
  assert.equal(new Set(places).size, places.length, `${places.join(', ')} are not all different`);
  for (const place of places)
    assert.ok(place.startsWith(name), `the place ${place} does not start with ${name}`);
};

const givesTable: SourceCheck = async (source, { names, rows }) => {
  const visited = await visitedRows(source);
  const first = names === null ? null : visited.shift();
  if (first) assert.deepEqual(first.texts, names);
  assert.equal(visited.length, rows.length);
  for (const [index, row] of rows.entries()) {
    const found = visited[index];
    assert.equal(found?.texts.length, row.length);
    for (const [column, expected] of row.entries()) assertCell(found, column, expected);
  }
  const lines = visited.map(({ line }) => line);
  assert.deepEqual(
    lines,
    [...new Set(lines)].sort((a, b) => a - b),
    'lines do not rise',
  );
};

function assertCell({ line, texts, numbers }: VisitedRow, column: number, expected: ReferenceCell): void {
  const text = texts[column] ?? '';
  const cell = parseCell(text);
  const place = `cell ${column + 1} of line ${line} is ${JSON.stringify(text)}`;
  if (expected === null) assert.equal(cell.kind, 'missing', `${place}; expected a missing cell`);
  else if (typeof expected === 'string') assert.equal(text, expected, place);
  else
    assert.ok(cell.kind === 'number' && cell.value === expected, `${place}; expected the number ${expected}`);
  const number = numbers[column] ?? Number.NaN;
  if (!Number.isNaN(number)) assert.equal(number, expected, `${place}, and as a number ${number}`);
}

const givesTwice: SourceCheck = async (source) => {
  assert.deepEqual(await visitedRows(source), await visitedRows(source));
};

/** Loads the table as a campaign does that allows no missing cell. */
const placesErrors: SourceCheck = async (source, { names }) => {
  const visited = await visitedRows(source);
  const { line = 0 } = visited[names === null ? 1 : 2] ?? {};
  const error = await loadStrictly(source, names !== null).then(
    () => assert.fail('a missing cell has not been refused'),
    (reason: unknown) => reason,
  );
  const message = assertDiagnostic(error, source.name);
  const place = source.placeOf(line, 1);
  assert.ok(message.includes(place), `the message does not name ${place}: ${message}`);
};

async function loadStrictly(source: RowSource, header: boolean): Promise<void> {
  const columns = { target: -1, drop: [], split: { kind: 'none' }, columns: [] } as const;
  const table = await readTable({ sources: [source], header, columns });
  const training = { rows: [], columns: null };
  buildDataset(table, null, {
    ...columns,
    source: { kind: 'rows', training, test: null },
    header,
    missing: 'error',
    unseen: 'ignore',
    indicator: false,
    task: null,
    standardize: true,
  });
}
