import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

/** The packages that the declarations of an entry point name, there and in the files that they import. */
function namedPackages(entry: URL): string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: URL): void => {
    if (seen.has(file.href)) return;
    seen.add(file.href);
    const text = readFileSync(fileURLToPath(file), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:\bfrom |\bimport\()['"]([^'"]+)['"]/g)) {
      if (name.startsWith('.')) visit(new URL(name.replace(/\.js$/, '.d.ts'), file));
      else if (!isBuiltin(name)) packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  };
  visit(entry);
  return [...packages];
}

test('the declarations of the package name only packages that are installed with it', () => {
  const entries = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'object' && 'types' in entry ? [entry.types] : [],
  );
  expect(entries.length).toBeGreaterThan(2);
  for (const types of entries)
    for (const name of namedPackages(new URL(`../../${types}`, import.meta.url)))
      expect(Object.keys(manifest.dependencies), `${types} names ${name}`).toContain(name);
});
