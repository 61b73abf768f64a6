import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ContractCheck } from '../contract.js';
import { assertDiagnostic, SourceFiles } from './source-files.js';
import type { FileSourceSubject, ReferenceTable } from './source-subject.js';
import { type VisitedRow, visitedRows } from './visited-rows.js';

const DEFAULT_DAMAGES = 200;

/**
 * What a source that reads files does with those that are damaged: it gives rows, or it refuses them by a diagnostic.
 */
export function damageChecks(subject: FileSourceSubject, table: ReferenceTable): readonly ContractCheck[] {
  const check = (name: string, run: (files: SourceFiles, bytes: Buffer) => Promise<void>): ContractCheck => ({
    name,
    run: async () => {
      await using files = await SourceFiles.create(subject);
      await run(files, Buffer.from(await subject.encode(table)));
    },
  });
  /** The rows of a file with these bytes; null if it was refused. */
  const read = async (files: SourceFiles, bytes: Buffer): Promise<VisitedRow[] | null> => {
    const source = subject.open(await files.write(bytes));
    try {
      return await visitedRows(source);
    } catch (error) {
      assertDiagnostic(error, source.name);
      return null;
    }
  };
  return [
    check(
      'gives whole rows up to where a file is cut off, or refuses it by a diagnostic',
      async (files, bytes) => {
        const whole = (await read(files, bytes)) ?? [];
        for (const length of placesIn(bytes, subject)) {
          const rows = await read(files, bytes.subarray(0, length));
          if (rows === null) continue;
          const complete = rows.slice(0, -1);
          assert.deepEqual(complete, whole.slice(0, complete.length), `cut at byte ${length}`);
        }
      },
    ),
    check('gives rows of a file with a changed bit, or refuses it by a diagnostic', async (files, bytes) => {
      for (const place of placesIn(bytes, subject)) {
        const changed = Buffer.from(bytes);
        changed[place] = (bytes[place] ?? 0) ^ (1 << (place % 8));
        await read(files, changed);
      }
    }),
    check('refuses a file that does not exist, and a folder', async ({ folder }) => {
      for (const path of [join(folder, 'nothing here'), folder]) {
        const error = await visitedRows(subject.open(path)).then(
          () => assert.fail('it has been read'),
          (reason: unknown) => reason,
        );
        assertDiagnostic(error, path);
      }
    }),
  ];
}

/** Places spread over a file. */
function placesIn(bytes: Buffer, { damages = DEFAULT_DAMAGES }: FileSourceSubject): number[] {
  const step = Math.max(1, bytes.length / damages);
  return Array.from({ length: Math.floor(bytes.length / step) }, (_, index) => Math.floor(index * step));
}
