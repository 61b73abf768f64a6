/**
 * Bundles libraries that consist of many files into one file each, in `dist/bundled`, and makes the compiled program
 * import these. Node spends most of the start of a command on finding and reading files, and Ink alone has 600 of them.
 * fitfirst's own files stay as they are, so that stack traces name them. Nothing is minified.
 *
 *     node scripts/bundle-libraries.mjs
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** The libraries, each with the name of its file. Those of one group share code, such as the state of React. */
const groups = [
  { commander: 'commander' },
  { ink: 'ink', react: 'react', 'react/jsx-runtime': 'react-jsx-runtime' },
  { yaml: 'yaml' },
  { zod: 'zod' },
];

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const target = join(dist, 'bundled');

/** A module that exports all names of a library, also of one that is CommonJS. */
async function entryFor(library) {
  const names = Object.keys(await import(library)).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
  const named = names.filter((name) => name !== 'default' && name !== 'module.exports');
  return `export { ${named.join(', ')} } from ${JSON.stringify(library)};\n`;
}

/** Writes the bundles of a group and returns the paths of the files in them. */
async function bundle(group) {
  const entries = new Map(
    await Promise.all(Object.keys(group).map(async (name) => [`entry:${name}`, await entryFor(name)])),
  );
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

/** The licence of each package whose code is in the bundles. */
async function licences(files) {
  const folders = new Set(
    files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const texts = [...folders].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? '' : `\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
    return `${name} ${version} (${license})\n${text}`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}

/** Makes the compiled files import the bundles. Files that were not compiled again have these imports already. */
async function importBundles() {
  const places = new Map(groups.flatMap((group) => Object.entries(group)));
  const compiled = (await readdir(dist, { recursive: true })).filter(
    (file) => file.endsWith('.js') && !file.startsWith('bundled'),
  );
  for (const file of compiled) {
    const path = join(dist, file);
    const text = await readFile(path, 'utf8');
    const changed = text.replace(
      /^((?:import|export)\b[^'"]*? from |import )(['"])([^'"]+)\2;$/gm,
      (line, start, _, name) => {
        const bundled = places.get(name);
        if (bundled === undefined) return line;
        const place = relative(dirname(path), join(target, `${bundled}.js`)).replaceAll('\\', '/');
        return `${start}'${place.startsWith('.') ? place : `./${place}`}';`;
      },
    );
    if (changed !== text) await writeFile(path, changed);
  }
}

if (existsSync(target)) await rm(target, { recursive: true });
await mkdir(target, { recursive: true });
const bundled = [];
for (const group of groups) bundled.push(...(await bundle(group)));
await writeFile(join(target, 'LICENSES.txt'), await licences(bundled));
await importBundles();
