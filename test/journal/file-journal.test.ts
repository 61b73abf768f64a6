import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { allEntries } from '../../src/contracts/journal/all-entries.js';
import { journalContract } from '../../src/contracts/journal/journal-contract.js';
import { exampleOpening } from '../../src/contracts/journal/journal-subject.js';
import { FileJournal, journalFileName } from '../../src/journal/file-journal.js';
import { type ExampleEvent, noted } from './example-event.js';
import { canMount, temporaryDisk, temporaryFolder } from './temporary-folder.js';

describe('a journal on disk, as a journal', () => {
  const checks = journalContract({
    open: (opening) => FileJournal.open({ folder: temporaryFolder(), ...opening }),
    durable: {
      open: (folder, opening) => FileJournal.open({ folder, ...opening }),
      fileName: journalFileName,
    },
  });
  for (const { name, run } of checks) test(name, run);
});

const isRoot = process.getuid?.() === 0;

async function openJournal(folder: string): Promise<FileJournal<ExampleEvent>> {
  const journal = await FileJournal.open({ folder, ...exampleOpening });
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
async function smallJournal(): Promise<Buffer> {
  const folder = temporaryFolder();
  await using journal = await openJournal(folder);
  for (const text of ['a', 'bb', '平']) await journal.append(noted(text));
  return readFileSync(join(folder, 'journal.jsonl'));
}

/** A folder with these bytes as its journal. */
function folderWith(bytes: Buffer | string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'journal.jsonl'), bytes);
  return folder;
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

  test('says how much it cut off', async () => {
    const bytes = await smallJournal();
    const journal = await openJournal(folderWith(Buffer.concat([bytes, Buffer.from('{"seq":4,"at"')])));
    expect(journal.tornBytes).toBe(13);
  });

  test('says what to do about a damaged line', async () => {
    const bytes = await smallJournal();
    const [header = '', ...entries] = bytes.toString().split(/(?<=\n)/);
    const inHeader = await refusal(openJournal(folderWith(`?${header}${entries.join('')}`)));
    expect(inHeader.message).toMatch(/journal\.jsonl:1: this line .*--fresh/);
    const inLast = await refusal(openJournal(folderWith(bytes.toString().replace('平', '安'))));
    expect(inLast.message).toMatch(/journal\.jsonl:4: this line .*head -n 3/);
  });

  test('goes on with a journal of format 1 as one of format 1, whose lines stay as they are', async () => {
    const before = readFileSync(fileURLToPath(new URL('fixtures/format-1.jsonl', import.meta.url)));
    const folder = folderWith(before);
    const open = { ...exampleOpening, parseEvent: (value: unknown) => value };
    await using journal = await FileJournal.open<unknown>({ folder, ...open });
    expect(journal.header.format).toBe(1);
    await journal.append({ type: 'later' });
    const after = readFileSync(join(folder, journalFileName));
    expect(after.subarray(0, before.length)).toEqual(before);
    expect(after.toString()).toContain('{"type":"later"}');
  });

  test('refuses a journal of a later format, and names the version that wrote it', async () => {
    const later = fileURLToPath(new URL('fixtures/format-3-invented.jsonl', import.meta.url));
    const error = await refusal(openJournal(folderWith(readFileSync(later))));
    expect(error.code).toBe('JOURNAL_VERSION');
    expect(error.message).toContain('format 3 by fitfirst 9.0.0');
  });

  test('reads a line longer than any buffer', async () => {
    const folder = temporaryFolder();
    const long = 'x'.repeat(1_000_000);
    {
      await using journal = await openJournal(folder);
      for (const text of [long, 'short', long]) await journal.append(noted(text));
    }
    const journal = await openJournal(folder);
    expect((await allEntries(journal)).map(({ event }) => event.text.length)).toEqual([
      1_000_000, 5, 1_000_000,
    ]);
  });
});

test('reading a long journal ends early by a signal, and the next run can open it', async () => {
  const folder = temporaryFolder();
  const stop = new AbortController();
  {
    await using journal = await openJournal(folder);
    for (const text of ['a', 'b', 'c']) await journal.append(noted(text));
  }
  const reason = new Error('stopped');
  {
    await using journal = await FileJournal.open({ folder, ...exampleOpening, signal: stop.signal });
    const read: number[] = [];
    const reading = (async () => {
      for await (const { seq } of journal.entries()) {
        read.push(seq);
        stop.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    expect(read).toEqual([1]);
  }
  await expect(FileJournal.open({ folder, ...exampleOpening, signal: stop.signal })).rejects.toBe(reason);
  expect(await allEntries(await openJournal(folder))).toHaveLength(3);
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
      const entries = await allEntries(journal);
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
        expect(await allEntries(journal)).toHaveLength(durable);
      }
      const size = statSync(join(folder, 'journal.jsonl')).size;
      const journal = await openJournal(folder);
      expect(journal.tornBytes).toBeGreaterThan(0);
      expect(statSync(join(folder, 'journal.jsonl')).size).toBe(size - journal.tornBytes);
      expect(await allEntries(journal)).toHaveLength(durable);
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
