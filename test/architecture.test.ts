import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Above this a folder wants inner folders. */
const MAX_FILES_IN_A_FOLDER = 20;

/** What fits next to another file on a screen. */
const MAX_COLUMNS = 120;

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

/** The files that a file loads only when it needs them. */
function lazyImportsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/\bimport\('([^']+)'\)/g)].map(([, name]) => name ?? '');
}

/** Names of the types that a file declares and exports. */
function exportedTypesOf(file: string): string[] {
  const declaration = /^export (?:declare |abstract |const )*(?:interface|type|class|enum) (\w+)/gm;
  return [...readFileSync(file, 'utf8').matchAll(declaration)].map(([, name]) => name ?? '');
}

/** The files that each file imports, types included. */
function importGraph(): Map<string, string[]> {
  const known = new Set(files);
  const target = (from: string, name: string): string | undefined => {
    const path = resolve(dirname(from), name).replace(/\.js$/, '');
    return [`${path}.ts`, `${path}.tsx`].find((file) => known.has(file));
  };
  return new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .flatMap((name) => target(file, name) ?? []),
    ]),
  );
}

/** The groups of files that can reach each other by imports: Tarjan's strongly connected components. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file) ?? 0);
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (path.includes(next))
        lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0, order.get(next) ?? 0));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = path.splice(path.indexOf(file));
    if (circle.length > 1) found.push(circle);
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
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
      return [...importsOf(file), ...lazyImportsOf(file)]
        .filter((name) => name.startsWith('.'))
        .map((name) => roomOf(resolve(dirname(file), name)))
        .filter((other) => !allowed.get(own)?.has(other))
        .map((other) => `${relative(root, file)} imports ${other}`);
    });
    expect(wrong).toEqual([]);
  });

  it('has no circle of files that import each other', () => {
    expect(circles(importGraph()).map((circle) => circle.map((file) => relative(root, file)))).toEqual([]);
  });

  it('gives no two exported types one name', () => {
    const places = new Map<string, string[]>();
    for (const file of files)
      for (const name of exportedTypesOf(file))
        places.set(name, [...(places.get(name) ?? []), relative(root, file)]);
    const twice = [...places].filter(([, found]) => found.length > 1);
    expect(twice.map(([name, found]) => `${name} is exported by ${found.join(' and ')}`)).toEqual([]);
  });

  it('has no folder of more files than a person can take in, tests included', () => {
    const counts = new Map<string, number>();
    const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(root, 'test', file));
    for (const file of [...files, ...tests]) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    const crowded = [...counts].filter(([, count]) => count > MAX_FILES_IN_A_FOLDER);
    expect(crowded.map(([folder, count]) => `${relative(root, folder)} has ${count} files`)).toEqual([]);
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
      'importance',
      'diagnosis',
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

  it('has no line that is too long to read', () => {
    const folders = ['src', 'native', 'python', 'test', 'bench', 'scripts', 'docs', 'configs', 'examples'];
    const written = [
      ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'],
      ...folders.flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
          join(folder, file),
        ),
      ),
    ].filter((file) => /\.(tsx?|m?js|py|h|cc|md|ya?ml)$/.test(file) && !/fixtures|node_modules/.test(file));
    const wrong = written.flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        // A row of a Markdown table cannot be broken.
        .flatMap((line, index) =>
          line.length > MAX_COLUMNS && !line.startsWith('|') ? [`${file}:${index + 1}`] : [],
        ),
    );
    expect(wrong).toEqual([]);
  });
});
