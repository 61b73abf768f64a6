import { gzipSync } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { dump } from 'npyjs';
import { describe, it } from 'vitest';
import { sourceContract } from '../../../src/contracts/source/source-contract.js';
import type { ReferenceTable, SourceSubject } from '../../../src/contracts/source/source-subject.js';
import { fileSource } from '../../../src/data/sources/formats.js';
import { memorySource } from '../../../src/data/sources/memory-rows.js';

const open = (path: string) => fileSource(path);

const csv = ({ names, rows }: ReferenceTable): Buffer => {
  const lines = names === null ? rows : [names, ...rows];
  return Buffer.from(stringify(lines.map((row) => row.map((cell) => cell ?? 'NA'))));
};

function parquet({ names, rows }: ReferenceTable): Uint8Array {
  const columnData = (names ?? []).map((name, index): ColumnSource => {
    const data = rows.map((row) => row[index] ?? null);
    const isText = data.some((cell) => typeof cell === 'string');
    return { name, data, type: isText ? 'STRING' : 'DOUBLE', nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 1000 }));
}

function npy({ rows }: ReferenceTable): Uint8Array {
  const numbers = Float64Array.from(rows.flat(), (cell) => (cell === null ? Number.NaN : Number(cell)));
  return new Uint8Array(dump(numbers, [rows.length, rows[0]?.length ?? 0]));
}

const subjects: Readonly<Record<string, SourceSubject>> = {
  CSV: { encode: csv, open },
  'CSV without names': { encode: csv, open, hasNames: false },
  'CSV in a gzip file': { encode: (table) => gzipSync(csv(table)), open },
  // A file is decoded by a process of its own, which a damaged one may keep busy until its time is up.
  Parquet: { encode: parquet, open, damages: 20 },
  NPY: { encode: npy, open, hasNames: false, hasTexts: false },
  'NPY in a gzip file': { encode: (table) => gzipSync(npy(table)), open, hasNames: false, hasTexts: false },
  'rows in memory, as lists': {
    create: ({ names, rows }) => memorySource({ rows, columns: names }, ['data', 'rows']),
  },
  'rows in memory, as objects': {
    create: ({ names, rows }) => {
      const objects = rows.map((row) => Object.fromEntries(row.map((cell, i) => [names?.[i] ?? '', cell])));
      return memorySource({ rows: objects, columns: null }, ['data', 'rows']);
    },
  },
};

describe.each(Object.entries(subjects))('%s, as a source of rows', (_, subject) => {
  for (const { name, run } of sourceContract(subject)) it(name, run);
});
