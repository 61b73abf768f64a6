import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readConfig } from '../../src/config/load-config.js';

/** More where a longer search is wanted. */
const runs = Number(process.env.FITFIRST_MUTATIONS ?? 200);

const configs = fileURLToPath(new URL('../../configs/', import.meta.url));
const texts = readdirSync(configs).map((file) => readFileSync(configs + file, 'utf8'));

/** Reads a text and holds that it is sound, or refused in lines of the promised form. */
function readOrRefuse(text: string): void {
  try {
    readConfig(text, 'c.yaml');
  } catch (error) {
    if (!(error instanceof FitfirstError))
      throw new Error(`not refused but thrown:\n${text}`, { cause: error });
    expect(error.code).toBe('CONFIG_INVALID');
    for (const line of error.message.split('\n')) expect(line).toMatch(/^c\.yaml(:\d+:\d+)? {2}\S.*[.?]$/u);
  }
}

type Mutable = Record<string, unknown> | unknown[];

/** Every list and mapping of a config. */
function collections(value: unknown): Mutable[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = value as Mutable;
  return [own, ...Object.values(own).flatMap(collections)];
}

const strangeValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    0.5,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    'none',
    'random',
    '32',
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    [0, 0],
    { min: 1 },
    { min: 2, max: 1 },
    { values: [] },
    { min: 0, max: 1e300, q: 1e-300 },
  ),
  fc.constantFrom<unknown>(
    { distribution: 'normal', mu: 1e300, sigma: 1e300 },
    { distribution: 'q_normal', mu: 1, sigma: 1, q: 1e-300 },
  ),
  fc.constantFrom<unknown>(
    { path: 'x' },
    { generate: 'xor', rows: 3 },
    { folds: 1 },
    { random: {} },
    { first: 9, most: 1 },
  ),
  fc.jsonValue(),
);

const keys = [
  'hidden',
  'dropout',
  'seed',
  'grow',
  'min',
  'q',
  'values',
  '__proto__',
  'constructor',
  '1',
  '<<',
  '',
  '\u001b[31m',
];
const mutation = fc.record({
  at: fc.nat(),
  place: fc.nat(),
  kind: fc.constantFrom('delete', 'replace', 'rename', 'add'),
  value: strangeValue,
  key: fc.oneof(fc.constantFrom(...keys), fc.string({ maxLength: 8 })),
});

describe('a config with random mutations', () => {
  it('is sound or refused in well-formed lines, and never ends in another error', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (text, mutations) => {
          const config: unknown = parse(text);
          for (const { at, place, kind, value: given, key } of mutations) {
            const value: unknown = structuredClone(given);
            const all = collections(config);
            const target = all[at % all.length];
            if (target === undefined) continue;
            const names = Object.keys(target);
            const name = names[place % Math.max(1, names.length)];
            if (Array.isArray(target))
              target.splice(place % (target.length + 1), kind === 'delete' ? 1 : 0, value);
            else if (kind === 'add') target[key] = value;
            else if (name !== undefined) {
              const before = target[name];
              if (kind !== 'replace') delete target[name];
              if (kind === 'replace') target[name] = value;
              if (kind === 'rename') target[key] = before;
            }
          }
          readOrRefuse(stringify(config));
        },
      ),
      { numRuns: runs },
    );
  });

  it('is sound or refused where its text is damaged', () => {
    const damage = fc.record({
      at: fc.nat(),
      length: fc.nat(12),
      text: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom(
          ': ',
          '\t',
          '[',
          '}',
          '"',
          '&a',
          '*a',
          '- ',
          '#',
          '---\n',
          '!!x ',
          '%YAML 1.1\n',
          '? ',
        ),
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        (text, damages) => {
          let damaged = text;
          for (const { at, length, text: inserted } of damages) {
            const from = at % (damaged.length + 1);
            damaged = damaged.slice(0, from) + inserted + damaged.slice(from + length);
          }
          readOrRefuse(damaged);
        },
      ),
      { numRuns: runs },
    );
  });
});
