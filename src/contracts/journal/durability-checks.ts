import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry, Journal } from '../../journal/journal.js';
import type { ContractCheck } from '../contract.js';
import { allEntries } from './all-entries.js';
import { type DurableJournal, type ExampleEvent, exampleOpening, noted } from './journal-subject.js';

const NEWLINE = 0x0a;

/** What a journal in a file promises besides: it outlives its process, whatever that did last. */
export function durabilityChecks(durable: DurableJournal): readonly ContractCheck[] {
  const check = (name: string, run: (files: JournalFiles) => Promise<void>): ContractCheck => ({
    name,
    run: async () => {
      await using files = await JournalFiles.create(durable);
      await run(files);
    },
  });
  return [
    check('goes on where an earlier run ended, and keeps what that began with', goesOn),
    check('refuses a second writer, until the first has closed it', refusesSecond),
    check('keeps the complete lines wherever the file was cut off, and goes on after them', survivesCuts),
    check('refuses a damaged line, the last one too, with its number, and changes nothing', refusesDamage),
    check('refuses a missing, a doubled and a swapped line, with its number', refusesDisorder),
  ];
}

/** Folders with journals, removed at the end. */
class JournalFiles implements AsyncDisposable {
  #folders = 0;

  private constructor(
    readonly durable: DurableJournal,
    readonly root: string,
  ) {}

  static async create(durable: DurableJournal): Promise<JournalFiles> {
    return new JournalFiles(durable, await mkdtemp(join(tmpdir(), 'fitfirst-journal-contract-')));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  newFolder(): string {
    this.#folders += 1;
    return join(this.root, String(this.#folders));
  }

  path(folder: string): string {
    return join(folder, this.durable.fileName);
  }

  open(folder: string, config = exampleOpening.identity.config): Promise<Journal<ExampleEvent>> {
    const identity = { ...exampleOpening.identity, config };
    return this.durable.open(folder, { ...exampleOpening, identity });
  }

  /** A folder whose journal has these bytes. */
  async folderWith(bytes: Uint8Array): Promise<string> {
    const folder = this.newFolder();
    const journal = await this.open(folder);
    await journal[Symbol.asyncDispose]();
    await writeFile(this.path(folder), bytes);
    return folder;
  }

  /** The bytes of a journal with three entries. */
  async example(): Promise<{ readonly bytes: Buffer; readonly entries: readonly Entry<ExampleEvent>[] }> {
    const folder = this.newFolder();
    await using journal = await this.open(folder);
    for (const text of ['a', 'bb', '平']) await journal.append(noted(text));
    return { bytes: await readFile(this.path(folder)), entries: await allEntries(journal) };
  }

  /** Opening the journal of these bytes has to fail, with the number of a line, and leave the file as it is. */
  async expectRefusal(bytes: Uint8Array, line: number): Promise<void> {
    const folder = await this.folderWith(bytes);
    const path = this.path(folder);
    await assert.rejects(this.open(folder), (error: unknown) => {
      assert.ok(
        error instanceof Error && 'code' in error,
        `found ${String(error)}; expected a FitfirstError`,
      );
      assert.equal(error.code, 'JOURNAL_DAMAGED');
      assert.ok(
        error.message.startsWith(`${path}:${line}: `),
        `the message does not name line ${line}: ${error.message}`,
      );
      return true;
    });
    assert.deepEqual(await readFile(path), Buffer.from(bytes), 'a journal that was refused has been changed');
  }
}

async function goesOn(files: JournalFiles): Promise<void> {
  const folder = files.newFolder();
  {
    await using journal = await files.open(folder);
    await journal.append(noted('first'));
  }
  await using journal = await files.open(folder, 'changed');
  assert.equal(journal.header.config, exampleOpening.identity.config);
  assert.equal((await journal.append(noted('second'))).seq, 2);
  assert.deepEqual(
    (await allEntries(journal)).map(({ event }) => event.text),
    ['first', 'second'],
  );
}

async function refusesSecond(files: JournalFiles): Promise<void> {
  const folder = files.newFolder();
  {
    await using journal = await files.open(folder);
    await assert.rejects(files.open(folder), { code: 'CAMPAIGN_LOCKED' });
    await journal.append(noted('first'));
  }
  await using journal = await files.open(folder);
  assert.equal((await allEntries(journal)).length, 1);
}

async function survivesCuts(files: JournalFiles): Promise<void> {
  const { bytes, entries } = await files.example();
  for (let length = 0; length <= bytes.length; length += 1) {
    const cut = bytes.subarray(0, length);
    const folder = await files.folderWith(cut);
    const complete = Math.max(0, newlinesIn(cut) - 1);
    {
      await using journal = await files.open(folder);
      assert.deepEqual(await allEntries(journal), entries.slice(0, complete), `cut at byte ${length}`);
      assert.equal((await journal.append(noted('next'))).seq, complete + 1);
    }
    await using again = await files.open(folder);
    assert.deepEqual(
      (await allEntries(again)).map(({ seq }) => seq),
      Array.from({ length: complete + 1 }, (_, index) => index + 1),
    );
  }
}

async function refusesDamage(files: JournalFiles): Promise<void> {
  const { bytes } = await files.example();
  let start = 0;
  for (let line = 1; line <= newlinesIn(bytes); line += 1) {
    const stop = bytes.indexOf(NEWLINE, start);
    for (const at of [start, (start + stop) >> 1, stop - 1]) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (bytes[at] ?? 0) ^ 0x01;
      await files.expectRefusal(damaged, line);
    }
    start = stop + 1;
  }
}

async function refusesDisorder(files: JournalFiles): Promise<void> {
  const { bytes } = await files.example();
  const [header = '', a = '', b = '', c = ''] = bytes.toString().split(/(?<=\n)/);
  await files.expectRefusal(Buffer.from(header + b + c), 2);
  await files.expectRefusal(Buffer.from(header + a + a + b), 3);
  await files.expectRefusal(Buffer.from(header + a + c + b), 3);
  await files.expectRefusal(Buffer.from(a + b + c), 1);
}

function newlinesIn(bytes: Uint8Array): number {
  return bytes.filter((byte) => byte === NEWLINE).length;
}
