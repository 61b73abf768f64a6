import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src');

/** The table of rooms in docs/architecture.md: a room's name, and the rooms it may import. */
function allowedImports(): Map<string, Set<string>> {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `src\/(\w+)` \| [^|]+ \| ([^|]+) \|$/gm)];
  const rooms = rows.map(([, room]) => room ?? '');
  return new Map(
    rows.map(([, room = '', may = '']) => {
      const names =
        may.trim() === 'everything' ? rooms : may.trim() === 'nothing' ? [] : may.trim().split(', ');
      return [room, new Set([room, ...names])];
    }),
  );
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(join('kernel', 'assembly')))
  .map((file) => join(source, file));

const roomOf = (file: string): string => relative(source, file).split(/[\\/]/)[0] ?? '';

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^\s*(?:import|export)\b[^;]*?from '([^']+)'/gm)].map(([, name]) => name ?? '');
}

describe('the house', () => {
  const allowed = allowedImports();

  it('has a row in the table for every room', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => !room.endsWith('.ts')));
    expect([...rooms].sort()).toEqual([...allowed.keys()].sort());
  });

  it('imports between rooms only where the table says so', () => {
    const wrong = files.flatMap((file) => {
      const own = roomOf(file);
      if (own.endsWith('.ts')) return [];
      return importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => roomOf(resolve(dirname(file), name)))
        .filter((other) => !allowed.get(own)?.has(other))
        .map((other) => `${relative(root, file)} imports ${other}`);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps clock, environment and files out of campaign, methods and numeric', () => {
    const wrong = files
      .filter((file) => ['campaign', 'methods', 'numeric'].includes(roomOf(file)))
      .filter((file) => {
        const effects = /Date\.now|new Date|performance\.|process\.|Math\.random|node:(?!crypto)/;
        return effects.test(readFileSync(file, 'utf8'));
      });
    expect(wrong.map((file) => relative(root, file))).toEqual([]);
  });

  it("leaves the language's own transcendental functions to code that decides nothing", () => {
    const deciding = [
      'campaign',
      'methods',
      'numeric',
      'data',
      'evaluation',
      'mlp',
      'trainers',
      'execution',
      'config',
      'views',
    ];
    const wrong = files
      .filter((file) => deciding.includes(roomOf(file)))
      .filter((file) =>
        /Math\.(exp|expm1|log|log2|log10|log1p|pow|sin|cos|tan|tanh|sinh|cosh|cbrt|hypot)\(|\w \*\* \w/.test(
          readFileSync(file, 'utf8').replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, ''),
        ),
      );
    expect(wrong.map((file) => relative(root, file))).toEqual([]);
  });

  it('says nothing of files named after nothing in particular', () => {
    const vague = /(^|[\\/])(utils?|helpers?|common|types|constants|misc|index)\.tsx?$/;
    const wrong = files.map((file) => relative(source, file)).filter((file) => vague.test(file));
    expect(wrong.filter((file) => file !== 'index.ts')).toEqual([]);
  });
});
