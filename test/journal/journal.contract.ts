import { describe, expect, onTestFinished, test } from 'vitest';
import type { Entry, Journal, JournalIdentity, ParseEvent } from '../../src/journal/journal.js';
import { type ExampleEvent, identity, noted, now, parseExampleEvent } from './example-event.js';

/** What every kind of journal is opened with. */
export interface JournalOpening {
  readonly identity: JournalIdentity;
  readonly parseEvent: ParseEvent<ExampleEvent>;
  readonly now: () => Date;
}

/** What every journal promises, tried on one kind of it. */
export function describeJournal(
  kind: string,
  openEmpty: (opening: JournalOpening) => Promise<Journal<ExampleEvent>>,
): void {
  const open = async (): Promise<Journal<ExampleEvent>> => {
    const journal = await openEmpty({ identity, parseEvent: parseExampleEvent, now });
    onTestFinished(() => journal[Symbol.asyncDispose]());
    return journal;
  };

  describe(`${kind}, as a journal`, () => {
    test('begins with what it was opened with, and no entries', async () => {
      const journal = await open();
      expect(journal.header).toEqual({ format: 1, ...identity });
      expect(await all(journal)).toEqual([]);
    });

    test('numbers and dates the events, and gives them back in order', async () => {
      const journal = await open();
      const first = await journal.append(noted('first'));
      const second = await journal.append(noted('second'));
      expect(first).toEqual({ seq: 1, at: '2024-01-01T00:00:01.000Z', event: noted('first') });
      expect(second.seq).toBe(2);
      expect(await all(journal)).toEqual([first, second]);
      expect(await all(journal)).toEqual([first, second]);
    });

    test('keeps any text: newlines, quotes, other scripts, half a surrogate pair', async () => {
      const journal = await open();
      const texts = ['a\nb\r\n', '"crc":"00000000"}', '\u2028 größer 平 🎲', '\ud83c', '\0'];
      for (const text of texts) await journal.append(noted(text));
      expect((await all(journal)).map(({ event }) => event.text)).toEqual(texts);
    });

    test('keeps every bit of a number, and hands out at once what a reader will get', async () => {
      const journal = await open();
      const values = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -1 / 3];
      for (const value of values) await journal.append(noted('', value));
      expect((await all(journal)).map(({ event }) => event.value)).toEqual(values);
      // JSON knows no negative zero: the writer must not see another state than a reader.
      expect((await journal.append(noted('', -0))).event.value).toBe(0);
    });

    test('resolves a thousand appends made at once in the order of the calls', async () => {
      const journal = await open();
      const resolved: number[] = [];
      await Promise.all(
        Array.from({ length: 1000 }, async (_, index) => {
          const { seq, event } = await journal.append(noted('', index + 1));
          expect(event.value).toBe(seq);
          resolved.push(seq);
        }),
      );
      expect(resolved).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
      expect((await all(journal)).map(({ seq }) => seq)).toEqual(resolved);
    });

    test('has kept the events that nobody waited for once a later one is kept', async () => {
      const journal = await open();
      void journal.append(noted('dropped promise'));
      await journal.append(noted('awaited'));
      expect((await all(journal)).map(({ event }) => event.text)).toEqual(['dropped promise', 'awaited']);
    });

    test('has kept everything after a flush', async () => {
      const journal = await open();
      for (let index = 0; index < 10; index += 1) void journal.append(noted('', index));
      await journal.flush();
      expect(await all(journal)).toHaveLength(10);
    });

    test('lists what there was at the moment of the call', async () => {
      const journal = await open();
      await journal.append(noted('before'));
      const entries = journal.entries();
      await journal.append(noted('after'));
      const texts: string[] = [];
      for await (const { event } of entries) texts.push(event.text);
      expect(texts).toEqual(['before']);
    });

    test('refuses an event that could not be read back, and all after it with the same error', async () => {
      const journal = await open();
      const before = journal.append(noted('before'));
      // Dropped on purpose: an unhandled rejection here would fail the whole run.
      void journal.append(noted('', Number.NaN));
      const error = await journal.append(noted('after')).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain('Entry 2 could not be read back');
      await expect(journal.append(noted('later'))).rejects.toBe(error);
      await expect(journal.flush()).rejects.toBe(error);
      expect((await before).seq).toBe(1);
      expect(await all(journal)).toHaveLength(1);
    });

    test('refuses events once it is closed, and may be closed twice', async () => {
      const journal = await open();
      const kept = journal.append(noted('on its way'));
      await journal[Symbol.asyncDispose]();
      expect((await kept).seq).toBe(1);
      await expect(journal.append(noted('too late'))).rejects.toThrow('is closed');
      await journal[Symbol.asyncDispose]();
    });
  });
}

/** All entries of a journal. */
export async function all<Event>(journal: {
  entries(): AsyncIterable<Entry<Event>>;
}): Promise<Entry<Event>[]> {
  const entries: Entry<Event>[] = [];
  for await (const entry of journal.entries()) entries.push(entry);
  return entries;
}
