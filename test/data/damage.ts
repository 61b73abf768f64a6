import { gunzipSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { dump } from 'npyjs';
import { keyedStream, type RandomStream } from '../../src/numeric/keyed-stream.js';

/** A damaged file: what it was before, what was done to it, and its bytes. */
export interface DamagedFile {
  readonly format: 'csv' | 'gzip' | 'idx' | 'npy' | 'parquet';
  readonly damages: readonly string[];
  readonly bytes: Buffer;
}

const COLOURS = ['red', 'bl""ue', 'grün', 'dark, red'];
const csv = Buffer.from(
  `id,"a, b",colour,kind\r\n${Array.from(
    { length: 30 },
    (_, i) => `${i},${i / 8},"${COLOURS[i % 4]}",${i % 2 ? 'x' : 'y'}\r\n`,
  ).join('')}`,
);
const plain = Buffer.from(
  `u;v;w;k\n${Array.from({ length: 40 }, (_, i) => `${i * 0.25};${(i * 37) % 11};;${i % 3}\n`).join('')}`,
);
const idx = Buffer.concat([
  Buffer.from([0, 0, 8, 3, 0, 0, 0, 12, 0, 0, 0, 3, 0, 0, 0, 3]),
  Buffer.from(Array.from({ length: 108 }, (_, i) => (i * 41) % 256)),
]);
const npy = Buffer.from(
  dump(
    Float64Array.from({ length: 48 }, (_, i) => (i % 4 === 3 ? (i >> 2) % 2 : i / 3)),
    [12, 4],
  ),
);
const parquet = Buffer.from(
  parquetWriteBuffer({
    columnData: [
      { name: 'size', data: Array.from({ length: 24 }, (_, i) => i / 5), type: 'DOUBLE' },
      { name: 'word', data: Array.from({ length: 24 }, (_, i) => ['low', 'high'][i % 2]), type: 'STRING' },
      { name: 'kind', data: Array.from({ length: 24 }, (_, i) => BigInt(i % 3)), type: 'INT64' },
    ],
    rowGroupSize: 10,
  }),
);

/** The labels that go with the images. */
export const soundLabels = Buffer.from([0, 0, 8, 1, 0, 0, 0, 12, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);

const sound: readonly { format: DamagedFile['format']; bytes: Buffer }[] = [
  { format: 'csv', bytes: csv },
  { format: 'csv', bytes: plain },
  { format: 'csv', bytes: csv },
  { format: 'gzip', bytes: gzipSync(csv) },
  { format: 'idx', bytes: idx },
  { format: 'idx', bytes: gzipSync(idx) },
  { format: 'npy', bytes: npy },
  { format: 'parquet', bytes: parquet },
];

const INSERTED = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\u0000',
  '\ufeff',
  '1e999',
  '-1e999',
  '1e150',
  'NaN',
  'Infinity',
  'NA',
  ' ',
  '\u001b[2J',
  '\u202e',
  '"a\nb"',
  '0x10',
  '１２',
  '2024-01-31',
];

type Damage = (bytes: Buffer, stream: RandomStream) => Buffer;

/** Where something is done: any place, the end included. */
const placeIn = (bytes: Buffer, stream: RandomStream): number => stream.below(bytes.length + 1);
const spliced = (bytes: Buffer, from: number, to: number, by: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)]);

/** Done to a file of any format. */
const anyDamages: Readonly<Record<string, Damage>> = {
  'cut off': (bytes, stream) => bytes.subarray(0, placeIn(bytes, stream)),
  emptied: () => Buffer.alloc(0),
  'some bytes left out': (bytes, stream) => {
    const at = placeIn(bytes, stream);
    return spliced(bytes, at, at + stream.below(40), Buffer.alloc(0));
  },
  'some bytes twice': (bytes, stream) => {
    const at = placeIn(bytes, stream);
    return spliced(bytes, at, at, bytes.subarray(at, at + stream.below(60)));
  },
  'a byte changed': (bytes, stream) => {
    const at = placeIn(bytes, stream);
    return spliced(bytes, at, at + 1, Buffer.from([stream.below(256)]));
  },
  'bits flipped near the start or end': (bytes, stream) => {
    const changed = Buffer.from(bytes);
    const near = stream.below(Math.min(64, bytes.length) + 1);
    const at = stream.below(2) === 0 ? near : bytes.length - near;
    if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << stream.below(8));
    return changed;
  },
  'all ones in a row': (bytes, stream) => {
    const at = placeIn(bytes, stream);
    return Buffer.from(bytes).fill(0xff, at, Math.min(bytes.length, at + 1 + stream.below(8)));
  },
  'packed (again)': (bytes) => gzipSync(bytes),
  'packed and cut off': (bytes, stream) => {
    const packed = gzipSync(bytes);
    return packed.subarray(0, placeIn(packed, stream));
  },
  'appended to itself': (bytes) => Buffer.concat([bytes, bytes]),
};

/** Done to texts besides. */
const textDamages: Readonly<Record<string, Damage>> = {
  'something put in': (bytes, stream) => {
    const at = placeIn(bytes, stream);
    return spliced(bytes, at, at, Buffer.from(INSERTED[stream.below(INSERTED.length)] ?? ''));
  },
  'quotes changed': (bytes, stream) => {
    const forms = ["'", '""', '“', ''];
    return Buffer.from(bytes.toString().replaceAll('"', forms[stream.below(forms.length)] ?? ''));
  },
  'only a header': (bytes) => bytes.subarray(0, bytes.indexOf(0x0a) + 1),
  'in UTF-16': (bytes) => Buffer.from(bytes.toString(), 'utf16le'),
  'in UTF-16 with a mark': (bytes) => Buffer.from(`\ufeff${bytes.toString()}`, 'utf16le').swap16(),
  'in Latin-1': (bytes) => Buffer.from(bytes.toString(), 'latin1'),
  'with a byte order mark': (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes]),
  'lines end in CR': (bytes) => Buffer.from(bytes.toString().replace(/\r?\n/g, '\r')),
  'no line ends': (bytes) => Buffer.from(bytes.toString().replace(/[\r\n]+/g, ' ')),
  'a number too large': (bytes, stream) => {
    const text = bytes.toString();
    const at = text.search(/\n\d/) + 1 + stream.below(100);
    return Buffer.from(`${text.slice(0, at)}${text.slice(at).replace(/\d+/, '1e999')}`);
  },
  'labels with newlines': (bytes) => Buffer.from(bytes.toString().replaceAll(/,x\r/g, ',"x\ny"\r')),
  'very many columns': (bytes, stream) => {
    const many = stream.below(50) === 0 ? 1_000_000 : 2000;
    const [first = '', ...rest] = bytes.toString().split('\n');
    return Buffer.from([`${first.trim()}${',c'.repeat(many)}`, ...rest].join('\n'));
  },
  'another delimiter here and there': (bytes, stream) => {
    const by = [';', '\t', '|', ','][stream.below(4)] ?? ',';
    return Buffer.from(bytes.toString().replace(/[,;]/g, (found) => (stream.below(3) === 0 ? by : found)));
  },
};

/** Done to counts in headers of arrays besides. */
const countDamage: Damage = (bytes, stream) => {
  const changed = Buffer.from(bytes);
  if (changed.length >= 16)
    changed.writeUInt32BE(stream.below(2) === 0 ? 0xffffffff : stream.below(100), 4 + 4 * stream.below(3));
  return changed;
};

/** The damaged file of a number: the same for ever. */
export function damagedFile(number: number): DamagedFile {
  const stream = keyedStream('damaged files', number);
  const start = sound[number % sound.length];
  if (start === undefined) throw new RangeError('there are sound files');
  let { bytes } = start;
  const damages: string[] = [];
  for (let times = 1 + stream.below(3); times > 0; times--) {
    const isPackedIdx = start.format === 'idx' && bytes[0] === 0x1f;
    const isText = start.format === 'csv';
    const choices: [string, Damage][] = [
      ...Object.entries(anyDamages),
      ...(isText ? Object.entries(textDamages) : []),
      ...(start.format === 'idx' ? [['wrong counts', countDamage] satisfies [string, Damage]] : []),
    ];
    const [name, damage] = choices[stream.below(choices.length)] ?? ['nothing', (same: Buffer) => same];
    damages.push(name);
    if (name === 'wrong counts' && isPackedIdx) bytes = gzipSync(damage(unpacked(bytes), stream));
    else bytes = damage(bytes, stream);
  }
  return { format: start.format, damages, bytes };
}

/** What a packed file holds, as far as it is still sound. */
function unpacked(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes);
  } catch {
    return idx; // It is damaged already; any array will do for the next damage.
  }
}
