import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { FileJournal } from '../../src/journal/file-journal.js';
import type { Entry } from '../../src/journal/journal.js';
import { readEntries } from '../../src/journal/journal-reader.js';
import { type ExampleEvent, identity, noted, now, parseExampleEvent } from './example-event.js';
import { all, describeJournal, type JournalOpening } from './journal.contract.js';
import { canMount, temporaryDisk, temporaryFolder } from './temporary-folder.js';

describeJournal('a journal on disk', (opening) =>
  FileJournal.open({ folder: temporaryFolder(), ...opening }),
);

const isRoot = process.getuid?.() === 0;

const opening: JournalOpening = { identity, parseEvent: parseExampleEvent, now };

async function openJournal(folder: string): Promise<FileJournal<ExampleEvent>> {
  const journal = await FileJournal.open({ folder, ...opening });
  onTestFinished(() => journal[Symbol.asyncDispose]());
  return journal;
}

async function refusal(attempt: Promise<unknown>): Promise<FitfirstError> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof FitfirstError) return error;
  throw new Error(`a FitfirstError was expected, found ${String(error)}`);
}

/** The bytes of a journal with a few entries. */
async function smallJournal(): Promise<{ readonly bytes: Buffer; readonly entries: Entry<ExampleEvent>[] }> {
  const folder = temporaryFolder();
  await using journal = await openJournal(folder);
  for (const text of ['a', 'bb', '平']) await journal.append(noted(text));
  return { bytes: readFileSync(join(folder, 'journal.jsonl')), entries: await all(journal) };
}

/** A folder with these bytes as its journal. */
function folderWith(bytes: Buffer | string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'journal.jsonl'), bytes);
  return folder;
}

function linesIn(bytes: Buffer): number {
  return bytes.filter((byte) => byte === 0x0a).length;
}

describe('opening a journal on disk', () => {
  test('makes the folder and those above it, and leaves only the journal when closed', async () => {
    const folder = join(temporaryFolder(), 'results', 'digits');
    {
      await using journal = await openJournal(folder);
      expect(journal.isEmpty).toBe(true);
      await journal.append(noted('first'));
      expect(journal.isEmpty).toBe(false);
    }
    expect(readFileSync(join(folder, 'journal.jsonl'), 'utf8').split('\n')).toHaveLength(3);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  test('goes on where an earlier run ended, and keeps what that was begun with', async () => {
    const folder = temporaryFolder();
    {
      await using journal = await openJournal(folder);
      await journal.append(noted('first'));
    }
    const changed = { ...identity, config: 'changed' };
    await using journal = await FileJournal.open({ folder, ...opening, identity: changed });
    expect(journal.header).toEqual({ format: 1, ...identity });
    expect((await journal.append(noted('second'))).seq).toBe(2);
    expect((await all(journal)).map(({ event }) => event.text)).toEqual(['first', 'second']);
  });

  test('keeps the entries whose lines are complete, wherever the file was cut off, and goes on after them', async () => {
    const { bytes, entries } = await smallJournal();
    for (let length = 0; length <= bytes.length; length += 1) {
      const folder = folderWith(bytes.subarray(0, length));
      const complete = Math.max(0, linesIn(bytes.subarray(0, length)) - 1);
      {
        await using journal = await FileJournal.open({ folder, ...opening });
        expect(await all(journal), `cut at ${length}`).toEqual(entries.slice(0, complete));
        expect((await journal.append(noted('next'))).seq).toBe(complete + 1);
      }
      const kept: number[] = [];
      for await (const { seq } of readEntries(join(folder, 'journal.jsonl'), parseExampleEvent))
        kept.push(seq);
      expect(kept).toEqual(Array.from({ length: complete + 1 }, (_, index) => index + 1));
    }
  });

  test('says how much it cut off', async () => {
    const { bytes } = await smallJournal();
    const journal = await openJournal(folderWith(Buffer.concat([bytes, Buffer.from('{"seq":4,"at"')])));
    expect(journal.tornBytes).toBe(13);
  });

  test('refuses a damaged line, the last one too, with its number, and changes nothing', async () => {
    const { bytes } = await smallJournal();
    let start = 0;
    for (let line = 1; line <= linesIn(bytes); line += 1) {
      const stop = bytes.indexOf(0x0a, start);
      for (const at of [start, (start + stop) >> 1, stop - 1]) {
        const damaged = Buffer.from(bytes);
        damaged[at] = (bytes[at] ?? 0) ^ 0x01;
        const folder = folderWith(damaged);
        const error = await refusal(openJournal(folder));
        expect(error.code).toBe('JOURNAL_DAMAGED');
        expect(error.message.startsWith(`${join(folder, 'journal.jsonl')}:${line}: this line `)).toBe(true);
        expect(error.message).toContain(line === 1 ? '--fresh' : `head -n ${line - 1}`);
        expect(readFileSync(join(folder, 'journal.jsonl'))).toEqual(damaged);
      }
      start = stop + 1;
    }
  });

  test('refuses a missing, a doubled and a swapped line', async () => {
    const { bytes } = await smallJournal();
    const [header, a, b, c] = bytes.toString().split(/(?<=\n)/);
    for (const [lines, line] of [
      [[header, b, c], 2],
      [[header, a, a, b], 3],
      [[header, a, c, b], 3],
      [[a, b, c], 1],
    ] as const) {
      const error = await refusal(openJournal(folderWith(lines.join(''))));
      expect(error.code).toBe('JOURNAL_DAMAGED');
      expect(error.message).toContain(`journal.jsonl:${line}: `);
    }
  });

  test('refuses a journal of a later format, and names the version that wrote it', async () => {
    const later = fileURLToPath(new URL('fixtures/format-2-invented.jsonl', import.meta.url));
    const error = await refusal(openJournal(folderWith(readFileSync(later))));
    expect(error.code).toBe('JOURNAL_VERSION');
    expect(error.message).toContain('format 2 by fitfirst 9.0.0');
  });

  test('reads a line longer than any buffer', async () => {
    const folder = temporaryFolder();
    const long = 'x'.repeat(1_000_000);
    {
      await using journal = await openJournal(folder);
      for (const text of [long, 'short', long]) await journal.append(noted(text));
    }
    const journal = await openJournal(folder);
    expect((await all(journal)).map(({ event }) => event.text.length)).toEqual([1_000_000, 5, 1_000_000]);
  });
});

describe('a run that is killed', () => {
  test('leaves every entry that was reported as durable, and a journal that goes on', async () => {
    const folder = temporaryFolder();
    const program = fileURLToPath(new URL('append-forever.ts', import.meta.url));
    let known = 0;
    for (const count of [1, 20, 100]) {
      const child = spawn(process.execPath, ['--import', 'tsx', program, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      let heard = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        known = Number(line);
        heard += 1;
        if (heard === count) child.kill('SIGKILL');
      }
      await exited;
      await using journal = await openJournal(folder);
      const entries = await all(journal);
      expect(entries.length).toBeGreaterThanOrEqual(known);
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
    }
  });
});

describe('a disk that does not take more', () => {
  test.skipIf(!canMount)(
    'ends the writing with clear words; what was durable stays, and a later run goes on',
    async () => {
      const disk = temporaryDisk('size=64k');
      const folder = join(disk, 'digits');
      const ballast = join(disk, 'ballast');
      writeFileSync(ballast, Buffer.alloc(20_000));
      let durable = 0;
      let error: FitfirstError | null = null;
      {
        await using journal = await openJournal(folder);
        while (error === null) {
          const attempt = journal.append(noted('x'.repeat(700)));
          await attempt.then(
            () => {
              durable += 1;
            },
            async () => {
              error = await refusal(attempt);
            },
          );
        }
        expect(durable).toBeGreaterThan(5);
        expect(error).toMatchObject({ code: 'JOURNAL_WRITE_FAILED' });
        expect(String(error)).toContain(join(folder, 'journal.jsonl'));
        expect(String(error)).toContain('ENOSPC');
        expect(String(error)).toContain('Free some space');
        // Even with space again: what follows a torn line could not be read.
        writeFileSync(ballast, '');
        await expect(journal.append(noted('later'))).rejects.toBe(error);
        await expect(journal.flush()).rejects.toBe(error);
        expect(await all(journal)).toHaveLength(durable);
      }
      const size = statSync(join(folder, 'journal.jsonl')).size;
      const journal = await openJournal(folder);
      expect(journal.tornBytes).toBeGreaterThan(0);
      expect(statSync(join(folder, 'journal.jsonl')).size).toBe(size - journal.tornBytes);
      expect(await all(journal)).toHaveLength(durable);
      expect((await journal.append(noted('goes on'))).seq).toBe(durable + 1);
    },
  );

  // Permissions do not bind root, for whom a read-only disk is mounted.
  test.skipIf(isRoot && !canMount)('is named when it may not be written to', async () => {
    const place = isRoot ? temporaryDisk('ro') : temporaryFolder();
    if (!isRoot) chmodSync(place, 0o555);
    const folder = join(place, 'digits');
    const error = await refusal(openJournal(folder));
    expect(error.code).toBe('RESULTS_UNWRITABLE');
    expect(error.message).toContain(`${folder}: cannot be written`);
    expect(error.message).toContain(isRoot ? 'mounted read-only' : 'Give yourself the right to write');
    expect(error.message).toContain('--out');
  });

  test('is named when a file stands in the place of the folder', async () => {
    const folder = join(temporaryFolder(), 'digits');
    writeFileSync(folder, '');
    const error = await refusal(openJournal(folder));
    expect(error.code).toBe('RESULTS_UNWRITABLE');
    expect(error.message).toContain('A file stands where a folder is needed');
  });

  test('is not the reason when a folder stands in the place of the journal; the lock is not kept then', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'journal.jsonl'));
    expect((await refusal(openJournal(folder))).message).toContain('EISDIR');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
