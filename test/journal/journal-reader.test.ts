import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FileJournal } from '../../src/journal/file-journal.js';
import { readEntries, readHeader } from '../../src/journal/journal-reader.js';
import { type ExampleEvent, identity, noted, now, parseExampleEvent } from './example-event.js';
import { temporaryFolder } from './temporary-folder.js';

async function journalAt(folder: string): Promise<FileJournal<ExampleEvent>> {
  const journal = await FileJournal.open({ folder, identity, parseEvent: parseExampleEvent, now });
  onTestFinished(() => journal[Symbol.asyncDispose]());
  return journal;
}

async function textsIn(path: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { event } of readEntries(path, parseExampleEvent)) texts.push(event.text);
  return texts;
}

describe('reading a journal without writing to it', () => {
  test('works while the run writes it', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.jsonl');
    const journal = await journalAt(folder);
    await journal.append(noted('first'));
    expect(await readHeader(path)).toEqual({ format: 2, ...identity });
    expect(await textsIn(path)).toEqual(['first']);
    await journal.append(noted('second'));
    expect(await textsIn(path)).toEqual(['first', 'second']);
  });

  test('leaves a torn last line alone, and out', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.jsonl');
    const journal = await journalAt(folder);
    await journal.append(noted('first'));
    appendFileSync(path, '{"seq":2,');
    const before = readFileSync(path);
    expect(await textsIn(path)).toEqual(['first']);
    expect(readFileSync(path)).toEqual(before);
  });

  test.each(['', '{"format":2,'])(
    'finds nothing in a journal that was only being begun: %j',
    async (text) => {
      const path = join(temporaryFolder(), 'journal.jsonl');
      writeFileSync(path, text);
      expect(await readHeader(path)).toBe(null);
      expect(await textsIn(path)).toEqual([]);
    },
  );

  test('refuses a damaged line with its number', async () => {
    const path = join(temporaryFolder(), 'journal.jsonl');
    writeFileSync(path, 'nonsense that is long enough\n');
    await expect(textsIn(path)).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED' });
    await expect(readHeader(path)).rejects.toThrow(`${path}:1: this line`);
  });

  test('says what was expected where there is no journal', async () => {
    const path = join(temporaryFolder(), 'journal.jsonl');
    await expect(readHeader(path)).rejects.toMatchObject({ code: 'CAMPAIGN_MISSING' });
    await expect(textsIn(path)).rejects.toThrow(`${path}: there is no such file`);
  });
});
