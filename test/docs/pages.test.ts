import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { builtInKinds } from '../../src/config/config-kinds.js';
import { configSchemaFor } from '../../src/config/schema/json-schema.js';
import { chooseTrainerKind } from '../../src/config/trainer-kinds.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'examples/README.md',
  ...readdirSync(`${root}docs`)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];
const read = (page: string): string => readFileSync(resolve(root, page), 'utf8');

describe.each(pages)('the page %s', (page) => {
  it('links only to files and headings that exist', () => {
    expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names only files of the project that exist', () => {
    const named = [...read(page).matchAll(/`((?:src|docs|configs|schemas|bench|test|scripts)\/[\w./-]+)`/g)];
    expect(named.map(([, file]) => file ?? '').filter((file) => !existsSync(resolve(root, file)))).toEqual(
      [],
    );
  });
});

describe('the README', () => {
  it('shows configs that the schema accepts', () => {
    const shown = [...read('README.md').matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text]) =>
      parse(text ?? ''),
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const config of shown) {
      const schema = configSchemaFor(chooseTrainerKind(config, builtInKinds.trainers), builtInKinds).zod;
      expect(schema.safeParse(config).error?.issues).toBeUndefined();
    }
  });

  it('is shorter than 150 lines', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThan(150);
  });

  it('links to every page of docs/', () => {
    const linked = new Set(linksOf('README.md').map((link) => link.replace(/#.*/, '')));
    expect(pages.filter((page) => page.startsWith('docs/') && !linked.has(page))).toEqual([]);
  });
});

/** The targets of the links and pictures of a page that lead to other files or to headings. */
function linksOf(page: string): string[] {
  const text = read(page).replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^https?:/.test(target));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? page : resolve(dirname(resolve(root, page)), file);
  if (!existsSync(resolve(root, target))) return false;
  return heading === undefined || headingsOf(target).includes(heading);
}

/** The anchors of a page, made from its headings as GitHub makes them. */
function headingsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
