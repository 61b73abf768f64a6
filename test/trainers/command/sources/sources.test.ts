import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crc32c } from '../../../../src/platform/crc32c.js';
import type { LineReading } from '../../../../src/trainers/command/reading/report-line.js';
import { createCsvReader } from '../../../../src/trainers/command/sources/csv-lines.js';
import { EventFolder } from '../../../../src/trainers/command/sources/event-folder.js';
import { FollowedFile } from '../../../../src/trainers/command/sources/followed-file.js';
import type { FollowedSource } from '../../../../src/trainers/command/sources/followed-source.js';
import { createJsonLinesReader } from '../../../../src/trainers/command/sources/json-lines.js';
import { ResultsFile } from '../../../../src/trainers/command/sources/results-file.js';
import { eventRecord, scalarEvent } from './event-bytes.js';

let folder: string;
let readings: LineReading[];
const sources: FollowedSource[] = [];
const sink = { take: (reading: LineReading) => readings.push(reading), mayRead: () => true };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fitfirst-sources-'));
  readings = [];
});

afterEach(() => {
  for (const source of sources.splice(0)) source.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);

function opened<Source extends FollowedSource>(source: Source): Source {
  sources.push(source);
  return source;
}

const csv = (name = 'log.csv'): FollowedFile => opened(new FollowedFile(at(name), createCsvReader, sink));
const numbers = (): unknown[] => readings.flatMap((one) => (one.kind === 'reports' ? one.reports : [one]));

describe('a CSV file that is followed', () => {
  it('is read while it grows, also if it is not there at first', () => {
    const file = csv();
    file.read();
    writeFileSync(at('log.csv'), ' Epoch, train/loss,val loss,note\n0,1.5,,first\n1,0.5');
    file.read();
    appendFileSync(at('log.csv'), ',62.5%,x\n2,nan,0.25,y');
    file.read();
    file.finish();
    expect(numbers()).toEqual([
      { epoch: 0, 'train/loss': 1.5 },
      { epoch: 1, 'train/loss': 0.5, 'val loss': 62.5 },
      { epoch: 2, 'train/loss': Number.NaN, 'val loss': 0.25 },
    ]);
  });

  it('is read from its beginning when it has become shorter, or another file stands in its place', () => {
    const file = csv();
    writeFileSync(at('log.csv'), 'epoch,loss\n1,4\n2,3\n');
    file.read();
    truncateSync(at('log.csv'), 0);
    writeFileSync(at('log.csv'), 'epoch,loss\n1,9\n');
    file.read();
    writeFileSync(at('new.csv'), 'loss\n7\n');
    renameSync(at('new.csv'), at('log.csv'));
    file.read();
    expect(numbers()).toEqual([
      { epoch: 1, loss: 4 },
      { epoch: 2, loss: 3 },
      { epoch: 1, loss: 9 },
      { loss: 7 },
    ]);
  });

  it.each([
    ['a FIFO', (path: string) => execFileSync('mkfifo', [path])],
    ['a symbolic link', (path: string) => symlinkSync('/etc/passwd', path)],
    ['a folder', (path: string) => mkdirSync(path)],
  ])('names %s in its place, once', (found, make) => {
    make(at('log.csv'));
    const file = csv();
    file.read();
    file.read();
    expect(readings).toEqual([
      {
        kind: 'bad',
        message: expect.stringContaining(`log.csv" is ${found}, and a regular file was expected.`),
      },
    ]);
  });

  it('gives up a file of 10 GB without lines', () => {
    writeFileSync(at('log.csv'), '');
    truncateSync(at('log.csv'), 10e9);
    const file = csv();
    file.read();
    expect(readings).toEqual([
      { kind: 'bad', message: expect.stringContaining('a line of more than 1 MiB') },
    ]);
  });
});

describe('JSON', () => {
  it('is read line by line, with what is inside of other objects', () => {
    const reader = createJsonLinesReader();
    const line = '{"step": 3, "eval": {"loss": 0.5, "name": "x"}, "lr": null, "list": [1]}';
    expect(reader(line)).toEqual({ kind: 'reports', reports: [{ step: 3, 'eval/loss': 0.5 }] });
    expect(reader('no JSON')).toEqual({ kind: 'other' });
  });

  it.each([
    ['{"test": {"acc": 0.9}, "name": "x"}', [{ kind: 'once', metrics: { 'test/acc': 0.9 } }]],
    ['[{"epoch": 1, "loss": 2}]', [{ kind: 'reports', reports: [{ epoch: 1, loss: 2 }] }]],
    [
      '{"loss": [2, 1], "val_loss": [3, 2], "time": 5}',
      [
        {
          kind: 'reports',
          reports: [
            { loss: 2, val_loss: 3 },
            { loss: 1, val_loss: 2 },
          ],
        },
        { kind: 'once', metrics: { time: 5 } },
      ],
    ],
    ['broken', [{ kind: 'bad', message: expect.stringContaining('is no JSON object or list') }]],
  ])('of results %s is read at the end', (text, expected) => {
    writeFileSync(at('results.json'), text);
    expect(new ResultsFile(at('results.json')).finish()).toEqual(expected);
  });
});

describe('event files of TensorBoard', () => {
  const events = [1, 2, 3].map((step) => eventRecord(scalarEvent(step, 'loss/val', 1 / step)));
  const expected = [1, 2, 3].map((step) => ({ step, 'loss/val': Math.fround(1 / step) }));

  it('are read while they grow, byte by byte, in folders below', () => {
    const runs = opened(new EventFolder(folder, sink));
    runs.read();
    mkdirSync(at('runs'));
    const path = at('runs/events.out.tfevents.1.host');
    writeFileSync(path, '');
    for (const byte of Buffer.concat(events)) {
      appendFileSync(path, Buffer.of(byte));
      runs.read();
    }
    expect(numbers()).toEqual(expected);
  });

  it('are read in a folder that the program makes late', () => {
    const runs = opened(new EventFolder(at('runs'), sink));
    runs.read();
    mkdirSync(at('runs'));
    runs.read();
    writeFileSync(at('runs/events.out.tfevents.1.host'), Buffer.concat(events));
    runs.read();
    expect(numbers()).toEqual(expected);
  });

  it('give their whole records where they are cut, and are named where a byte has changed', () => {
    const bytes = Buffer.concat(events);
    for (let place = 0; place < bytes.length; place++) {
      readings = [];
      const path = at('events.out.tfevents.1');
      writeFileSync(path, bytes.subarray(0, place));
      const cut = opened(new EventFolder(folder, sink));
      cut.read();
      cut.close();
      expect(expected.slice(0, readings.length === 0 ? 0 : numbers().length)).toEqual(numbers());

      readings = [];
      const flipped = Buffer.from(bytes);
      flipped[place] = (flipped[place] ?? 0) ^ 0x10;
      writeFileSync(path, flipped);
      const damaged = opened(new EventFolder(folder, sink));
      damaged.read();
      expect(readings.at(-1)).toMatchObject({
        kind: 'bad',
        message: expect.stringContaining('is damaged at byte'),
      });
    }
  });

  it('have the checksum of RFC 3720', () => {
    expect(crc32c(Buffer.alloc(32)).toString(16)).toBe('8a9136aa');
    expect(crc32c(Buffer.from('123456789')).toString(16)).toBe('e3069283');
  });
});
