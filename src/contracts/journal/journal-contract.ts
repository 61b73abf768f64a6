import assert from 'node:assert/strict';
import type { Journal } from '../../journal/journal.js';
import type { ContractCheck } from '../contract.js';
import { allEntries } from './all-entries.js';
import { durabilityChecks } from './durability-checks.js';
import { type ExampleEvent, exampleOpening, type JournalSubject, noted } from './journal-subject.js';

type JournalCheck = (journal: Journal<ExampleEvent>) => Promise<void>;

/** What every journal promises: entries in the order of their appends, kept and read back as they were. */
export function journalContract({ open, durable }: JournalSubject): readonly ContractCheck[] {
  const check = (name: string, run: JournalCheck): ContractCheck => ({
    name,
    run: async () => {
      await using journal = await open(exampleOpening);
      await run(journal);
    },
  });
  return [
    check('begins with what it was opened with, and no entries', beginsEmpty),
    check('numbers and dates the events, and gives them back in order', numbersEvents),
    check('keeps any text: newlines, quotes, other scripts, half a surrogate pair', keepsTexts),
    check('keeps every bit of a number, and returns at once what a reader gets', keepsNumbers),
    check('resolves a thousand appends made at once in the order of the calls', keepsOrder),
    check('has kept the events that nobody waited for once a later one is kept', keepsUnawaited),
    check('has kept everything after a flush', keepsFlushed),
    check('lists what there was at the moment of the call', listsMoment),
    check(
      'refuses an event that could not be read back, and all after it with the same error',
      refusesUnreadable,
    ),
    check('refuses events once it is closed, and may be closed twice', refusesClosed),
    ...(durable === undefined ? [] : durabilityChecks(durable)),
  ];
}

const beginsEmpty: JournalCheck = async (journal) => {
  const { format, ...identity } = journal.header;
  assert.ok(
    Number.isInteger(format) && format >= 1,
    `the format is ${format}; expected a whole number from 1`,
  );
  assert.deepEqual(identity, exampleOpening.identity);
  assert.deepEqual(await allEntries(journal), []);
};

const numbersEvents: JournalCheck = async (journal) => {
  const first = await journal.append(noted('first'));
  const second = await journal.append(noted('second'));
  assert.deepEqual(first, { seq: 1, at: '2024-01-01T00:00:01.000Z', event: noted('first') });
  assert.equal(second.seq, 2);
  assert.deepEqual(await allEntries(journal), [first, second]);
  assert.deepEqual(await allEntries(journal), [first, second]);
};

const keepsTexts: JournalCheck = async (journal) => {
  const texts = ['a\nb\r\n', '"crc":"00000000"}', '\u2028 größer 平 🎲', '\ud83c', '\0'];
  for (const text of texts) await journal.append(noted(text));
  assert.deepEqual(await textsOf(journal), texts);
};

const keepsNumbers: JournalCheck = async (journal) => {
  const values = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -1 / 3];
  for (const value of values) await journal.append(noted('', value));
  assert.deepEqual(
    (await allEntries(journal)).map(({ event }) => event.value),
    values,
  );
  // JSON knows no negative zero: the writer must not see another state than a reader.
  assert.equal((await journal.append(noted('', -0))).event.value, 0);
};

const keepsOrder: JournalCheck = async (journal) => {
  const resolved: number[] = [];
  await Promise.all(
    Array.from({ length: 1000 }, async (_, index) => {
      const { seq, event } = await journal.append(noted('', index + 1));
      assert.equal(event.value, seq);
      resolved.push(seq);
    }),
  );
  assert.deepEqual(
    resolved,
    Array.from({ length: 1000 }, (_, index) => index + 1),
  );
  assert.deepEqual(
    (await allEntries(journal)).map(({ seq }) => seq),
    resolved,
  );
};

const keepsUnawaited: JournalCheck = async (journal) => {
  void journal.append(noted('dropped promise'));
  await journal.append(noted('awaited'));
  assert.deepEqual(await textsOf(journal), ['dropped promise', 'awaited']);
};

const keepsFlushed: JournalCheck = async (journal) => {
  for (let index = 0; index < 10; index += 1) void journal.append(noted('', index));
  await journal.flush();
  assert.equal((await allEntries(journal)).length, 10);
};

const listsMoment: JournalCheck = async (journal) => {
  await journal.append(noted('before'));
  const entries = journal.entries();
  await journal.append(noted('after'));
  assert.deepEqual(await textsOf({ entries: () => entries }), ['before']);
};

const refusesUnreadable: JournalCheck = async (journal) => {
  const before = journal.append(noted('before'));
  // Dropped on purpose: a promise that nobody waits for must not end the process.
  void journal.append(noted('', Number.NaN));
  const error = await rejectionOf(journal.append(noted('after')));
  assert.ok(error instanceof TypeError, `found ${String(error)}; expected a TypeError`);
  assert.match(error.message, /Entry 2 could not be read back/);
  assert.equal(await rejectionOf(journal.append(noted('later'))), error);
  assert.equal(await rejectionOf(journal.flush()), error);
  assert.equal((await before).seq, 1);
  assert.equal((await allEntries(journal)).length, 1);
};

const refusesClosed: JournalCheck = async (journal) => {
  const kept = journal.append(noted('on its way'));
  await journal[Symbol.asyncDispose]();
  assert.equal((await kept).seq, 1);
  await assert.rejects(journal.append(noted('too late')), /is closed/);
  await journal[Symbol.asyncDispose]();
};

async function textsOf(journal: Pick<Journal<ExampleEvent>, 'entries'>): Promise<string[]> {
  return (await allEntries(journal)).map(({ event }) => event.text);
}

async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => assert.fail('the promise has not been rejected'),
    (reason: unknown) => reason,
  );
}
