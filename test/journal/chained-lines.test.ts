import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FileJournal } from '../../src/journal/file-journal.js';
import { followJournal } from '../../src/journal/follow-journal.js';
import { readEntries } from '../../src/journal/journal-reader.js';
import { identity, noted, now, parseExampleEvent } from './example-event.js';
import { temporaryFolder } from './temporary-folder.js';

/** A folder with a journal of these texts, and the lines of the journal. */
async function journalOf(config: string, ...texts: readonly string[]) {
  const folder = temporaryFolder();
  await using journal = await open(folder, config);
  for (const text of texts) await journal.append(noted(text));
  const path = join(folder, 'journal.jsonl');
  return { folder, path, lines: readFileSync(path, 'utf8').split(/(?<=\n)/) };
}

const open = (folder: string, config = identity.config) =>
  FileJournal.open({ folder, identity: { ...identity, config }, parseEvent: parseExampleEvent, now });

async function textsIn(path: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { event } of readEntries(path, parseExampleEvent)) texts.push(event.text);
  return texts;
}

async function followed(path: string): Promise<void> {
  const controller = new AbortController();
  const options = { signal: controller.signal, pollMilliseconds: 5, events: false };
  for await (const _ of followJournal(path, parseExampleEvent, options));
}

describe('a journal into which a sound line was spliced', () => {
  test.each([
    ['of a campaign with another config', 'other', ['one', 'two', 'three']],
    ['of a campaign that had other events before', identity.config, ['uno', 'two', 'three']],
  ])('%s, is refused with the number of the line', async (_, config, texts) => {
    const ours = await journalOf(identity.config, 'one', 'two', 'three');
    const theirs = await journalOf(config, ...texts);
    const text = [...ours.lines.slice(0, 2), theirs.lines[2], ...ours.lines.slice(3)].join('');
    expect(theirs.lines[2]).not.toBe(ours.lines[2]);
    writeFileSync(ours.path, text);
    const refused = expect.objectContaining({
      code: 'JOURNAL_DAMAGED',
      message: expect.stringMatching(/journal\.jsonl:3: this line .* is damaged or misplaced/),
    });
    await expect(open(ours.folder)).rejects.toEqual(refused);
    await expect(textsIn(ours.path)).rejects.toEqual(refused);
    await expect(followed(ours.path)).rejects.toEqual(refused);
    expect(readFileSync(ours.path, 'utf8')).toBe(text);
  });

  test('goes on after any of its lines, and reads back whole', async () => {
    const whole = await journalOf(identity.config, 'one', 'two', 'three');
    for (let kept = 0; kept < 4; kept++) {
      const { folder, path, lines } = await journalOf(identity.config, 'one', 'two', 'three');
      writeFileSync(path, `${lines.slice(0, kept).join('')}{"seq":`);
      {
        await using journal = await open(folder);
        for (const text of ['one', 'two', 'three'].slice(Math.max(0, kept - 1)))
          await journal.append(noted(text));
      }
      expect(await textsIn(path)).toEqual(['one', 'two', 'three']);
      expect(readFileSync(path, 'utf8')).toBe(whole.lines.join(''));
    }
  });
});

describe('a journal of format 1', () => {
  test('goes on with lines that do not depend on each other', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.jsonl');
    const line = '{"format":1,"engine":"0.1.0","config":"9f2c1d","data":null,"crc":"00000000"}\n';
    const body = line.slice(0, line.indexOf(',"crc"'));
    writeFileSync(path, line.replace('00000000', crc32(body).toString(16).padStart(8, '0')));
    {
      await using journal = await open(folder);
      for (const text of ['one', 'two']) await journal.append(noted(text));
    }
    expect(await textsIn(path)).toEqual(['one', 'two']);
    const second = readFileSync(path, 'utf8').split('\n')[2] ?? '';
    const checked = second.slice(0, second.indexOf(',"crc"'));
    expect(second.slice(-10, -2)).toBe(crc32(checked).toString(16).padStart(8, '0'));
  });
});
