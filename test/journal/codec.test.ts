import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  CHAIN_START,
  decodeEntry,
  decodeHeader,
  encodeEntry,
  encodeHeader,
} from '../../src/journal/codec.js';
import { readEntries, readHeader } from '../../src/journal/journal-reader.js';
import { identity, noted, parseExampleEvent } from './example-event.js';

const entry = { seq: 7, at: '2024-01-01T00:00:00.000Z', event: noted('größer', 0.25) };
const withoutNewline = (line: Buffer): Buffer => line.subarray(0, -1);

describe('a line of the journal', () => {
  test('is JSON with the number, the time, the event and the CRC-32 of all that, and a newline', () => {
    expect(encodeEntry(entry, CHAIN_START).toString()).toBe(
      '{"seq":7,"at":"2024-01-01T00:00:00.000Z","event":{"type":"noted","text":"größer","value":0.25},' +
        '"crc":"995b1aed"}\n',
    );
    expect(
      decodeEntry(withoutNewline(encodeEntry(entry, CHAIN_START)), 7, CHAIN_START, parseExampleEvent),
    ).toEqual({
      kind: 'sound',
      value: entry,
    });
  });

  test('is found damaged whichever of its bits is flipped', () => {
    const lines = [
      {
        line: withoutNewline(encodeEntry(entry, CHAIN_START)),
        read: (l: Buffer) => decodeEntry(l, 7, CHAIN_START, parseExampleEvent),
      },
      { line: withoutNewline(encodeHeader(identity)), read: decodeHeader },
    ];
    for (const { line, read } of lines) {
      for (let bit = 0; bit < line.length * 8; bit += 1) {
        const flipped = Buffer.from(line);
        flipped[bit >> 3] = (line[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(read(flipped).kind, `bit ${bit}`).toBe('damaged');
      }
    }
  });

  test('is found damaged however short it was cut', () => {
    const line = encodeEntry(entry, CHAIN_START);
    for (let length = 0; length < line.length - 1; length += 1) {
      expect(decodeEntry(line.subarray(0, length), 7, CHAIN_START, parseExampleEvent).kind).toBe('damaged');
    }
  });

  test('is found damaged when it has the number of another line', () => {
    expect(
      decodeEntry(withoutNewline(encodeEntry(entry, CHAIN_START)), 70, CHAIN_START, parseExampleEvent),
    ).toMatchObject({
      kind: 'damaged',
      found: expect.stringContaining('is not entry number 70'),
    });
  });

  test('says so when its event is none that this version knows', () => {
    const unknown = withoutNewline(encodeEntry({ ...entry, event: { type: 'invented' } }, CHAIN_START));
    expect(decodeEntry(unknown, 7, CHAIN_START, parseExampleEvent)).toMatchObject({
      kind: 'damaged',
      found: 'holds an event that this version cannot read (a note was expected)',
    });
  });
});

describe('a journal of format 1', () => {
  const path = fileURLToPath(new URL('fixtures/format-1.jsonl', import.meta.url));

  test('stays readable', async () => {
    expect(await readHeader(path)).toEqual({
      format: 1,
      engine: '0.1.0',
      config: '9f2c1d',
      data: '5be0cd',
    });
    const entries = [];
    for await (const entry of readEntries(path, (value) => value)) entries.push(entry);
    expect(entries).toEqual(
      JSON.parse(readFileSync(new URL('fixtures/format-1.expected.json', import.meta.url), 'utf8')),
    );
  });
});
