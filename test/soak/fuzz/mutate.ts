import type { RandomStream } from '../../../src/numeric/keyed-stream.js';

export function pick<Value>(values: readonly Value[], random: RandomStream): Value {
  const value = values[random.below(values.length)];
  if (value === undefined) throw new RangeError('there is nothing to pick from');
  return value;
}

const KEYS = [
  'hidden',
  'epoch',
  'min',
  'values',
  'seq',
  '__proto__',
  'constructor',
  '1',
  '<<',
  '',
  '\u001b[31m',
];

const VALUES: readonly unknown[] = [
  ...[null, '', 0, -1, 0.5, 1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, true, false],
  ...[
    'none',
    'random',
    '32',
    '1e5',
    '\u001b[2J',
    '\u202e',
    'x'.repeat(300),
    '(',
    '(?<a',
    '../..',
    '/',
    '\u0000',
  ],
  ...[
    [],
    {},
    [[]],
    [0, 0],
    [null],
    { min: 1 },
    { min: 2, max: 1 },
    { values: [] },
    { min: 0, max: 1e300, q: 1e-300 },
  ],
  ...[
    { distribution: 'normal', mu: 1e300, sigma: 1e300 },
    { distribution: 'q_normal', mu: 1, sigma: 1, q: 1e-300 },
  ],
  ...[{ path: 'x'.repeat(5000) }, { path: '.' }, { folds: 1 }, { random: {} }, { from: 1, times: 1 }],
  nested(200),
];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

type Collection = Record<string, unknown> | unknown[];

function collections(value: unknown): Collection[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = value as Collection;
  return [own, ...Object.values(own).flatMap(collections)];
}

/** Deletes, replaces, renames, moves or adds something at a random place of nested lists and objects. */
export function mutateValue(root: unknown, random: RandomStream): void {
  const all = collections(root);
  if (all.length === 0) return;
  const target = pick(all, random);
  const value: unknown = structuredClone(random.below(4) === 0 ? pick(all, random) : pick(VALUES, random));
  if (Array.isArray(target)) {
    target.splice(
      random.below(target.length + 1),
      random.below(2),
      ...(random.below(2) === 0 ? [value] : []),
    );
    return;
  }
  const names = Object.keys(target);
  const name = names.length === 0 ? 'a' : pick(names, random);
  const before = target[name];
  switch (random.below(4)) {
    case 0:
      target[name] = value;
      break;
    case 1:
      delete target[name];
      break;
    case 2:
      delete target[name];
      Object.defineProperty(target, pick(KEYS, random), {
        value: before,
        writable: true,
        enumerable: true,
        configurable: true,
      });
      break;
    default:
      Object.defineProperty(target, pick(KEYS, random), {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }
}

const TEXTS = [
  ...[': ', '\t', '[', ']', '{', '}', '"', "'", '&a', '*a', '- ', '#', '---\n', '!!x ', '%YAML 1.1\n', '? '],
  ...[
    '\n',
    '\r',
    '\u0000',
    '\ufeff',
    '\u202e',
    '\u001b[2J',
    '1e999',
    'NaN',
    'Infinity',
    '-',
    ',',
    ' ',
    '['.repeat(9000),
  ],
];

/** Cuts, doubles, flips or inserts something at a random place of a text. */
export function mutateBytes(bytes: Buffer, random: RandomStream): Buffer {
  const at = random.below(bytes.length + 1);
  const length = random.below(40);
  const before = bytes.subarray(0, at);
  switch (random.below(6)) {
    case 0:
      return Buffer.from(before);
    case 1:
      return Buffer.concat([before, bytes.subarray(at + length)]);
    case 2:
      return Buffer.concat([before, bytes.subarray(at, at + length), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([before, Buffer.from([random.below(256)]), bytes.subarray(at + 1)]);
    default:
      return Buffer.concat([before, Buffer.from(pick(TEXTS, random)), bytes.subarray(at + random.below(12))]);
  }
}
