/**
 * Bundles libraries that consist of many files into one file each, in `dist/bundled`, and makes the compiled program
 * import these, for programs that import fitfirst. fitfirst's own files stay separate. Nothing is minified.
 *
 *     node scripts/bundle-libraries.mjs
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { bundledLibraries, groups } from './bundled-libraries.mjs';
import { licences } from './licences.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const target = join(dist, 'bundled');

/** An import or export of a compiled file: what is before the name of the module, and that name. */
const IMPORT = /^((?:import|export)\b[^'"]*? from |import )(['"])([^'"]+)\2;$/gm;

/** The compiled files, as paths. */
async function compiledFiles() {
  const files = await readdir(dist, { recursive: true });
  return files
    .filter((file) => file.endsWith('.js') && !/^(bundled|program)\b/.test(file))
    .map((file) => join(dist, file));
}

/** The names that compiled files import, by library. The bundles leave out what nothing uses. */
async function importedNames() {
  const libraries = new Map(bundledLibraries().map(([library, file]) => [`${file}.js`, library]));
  const imported = new Map();
  for (const path of await compiledFiles()) {
    for (const [, start, , from] of (await readFile(path, 'utf8')).matchAll(IMPORT)) {
      // Files that were not compiled again import the bundles already.
      const library = from.includes('/bundled/') ? libraries.get(from.split('/bundled/')[1]) : from;
      const names = imported.get(library) ?? new Set();
      if (/^import \w/.test(start)) names.add('default');
      for (const name of (/\{([^}]*)\}/.exec(start)?.[1] ?? '').split(','))
        if (name.trim() !== '') names.add(name.trim().replace(/ as .*/, ''));
      imported.set(library, names);
    }
  }
  return imported;
}

/** A module that exports the names of a library that fitfirst imports. */
function entryFor(library) {
  return `export { ${[...(imported.get(library) ?? [])].join(', ')} } from ${JSON.stringify(library)};\n`;
}

/** Writes the bundles of a group and returns the paths of the files in them. */
async function bundle(group) {
  const entries = new Map(Object.keys(group).map((name) => [`entry:${name}`, entryFor(name)]));
  const build = await rolldown({
    input: Object.fromEntries(Object.entries(group).map(([library, file]) => [file, `entry:${library}`])),
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    platform: 'node',
    // React checks itself and its users in development; Ink loads its tools for developers if DEV is set.
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'entries',
        resolveId: (id) => (entries.has(id) || id === './devtools.js' ? { id: `\0${id}` } : null),
        load: (id) =>
          id.startsWith('\0entry:') ? entries.get(id.slice(1)) : id === '\0./devtools.js' ? '' : null,
      },
    ],
    logLevel: 'warn',
  });
  const { output } = await build.write({
    dir: target,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-shared.js',
  });
  await build.close();
  return output.flatMap((file) => ('moduleIds' in file ? file.moduleIds : []));
}

/** Makes the compiled files import the bundles. */
async function importBundles() {
  const bundles = new Map(bundledLibraries());
  for (const path of await compiledFiles()) {
    const text = await readFile(path, 'utf8');
    const changed = text.replace(IMPORT, (line, start, _, name) => {
      const bundled = bundles.get(name);
      if (bundled === undefined) return line;
      const place = relative(dirname(path), join(target, `${bundled}.js`)).replaceAll('\\', '/');
      return `${start}'${place.startsWith('.') ? place : `./${place}`}';`;
    });
    if (changed !== text) await writeFile(path, changed);
  }
}

if (existsSync(target)) await rm(target, { recursive: true });
await mkdir(target, { recursive: true });
const imported = await importedNames();
const bundled = [];
for (const group of groups) bundled.push(...(await bundle(group)));
await writeFile(join(target, 'LICENSES.txt'), await licences(bundled));
await importBundles();
