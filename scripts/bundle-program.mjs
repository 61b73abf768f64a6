/**
 * Bundles the compiled command line into few files, in `dist/program`. Node spends most of the start of a command on
 * finding and reading files, and `validate` alone loads 240 of them. Of the libraries only what is used remains, which
 * halves the validation library. Nothing is minified, so stack traces name the functions, and a comment above each part
 * of a bundle names its file.
 *
 * Programs that import fitfirst get the separate files.
 *
 *     node scripts/bundle-program.mjs
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { bundledLibraries } from './bundled-libraries.mjs';
import { licences } from './licences.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const target = join(dist, 'program');

/** The libraries in `dist/bundled`, by the names of their files. */
const libraries = new Map(bundledLibraries().map(([library, file]) => [file, library]));

/** The other libraries that become part of the bundles: what most commands load, in many files. */
const small = /^(csv-parse|csv-stringify\/sync|immutable|jsep|npyjs|p-queue|string-width|tinyglobby)$/;

/**
 * What becomes one file, of what is in none of the files before: what a module loads, and if there is an `and`, only
 * what that one loads too. So no command waits for much that it does not use. What finds entry points is small, and
 * with it `serve` need not read the file of configs.
 */
const together = [
  { name: 'start', modules: ['cli/main.js', 'cli/program.js', 'platform/entry-url.js'] },
  { name: 'campaign', modules: ['cli/commands/validate.js'], and: 'app/serve/serve-campaigns.js' },
  { name: 'results', modules: ['cli/commands/run.js'], and: 'app/serve/serve-campaigns.js' },
  { name: 'config', modules: ['cli/commands/validate.js'] },
  { name: 'run', modules: ['cli/commands/run.js'] },
];
const main = join(dist, 'cli/main.js');

/** The files that other threads and processes start with: modules find them beside themselves by `entryUrl`. */
async function workerEntries() {
  const files = (await readdir(dist, { recursive: true })).filter(
    (file) => file.endsWith('.js') && !/^(bundled|program|contracts)\b/.test(file),
  );
  const entries = new Map();
  for (const file of files) {
    const text = await readFile(join(dist, file), 'utf8');
    for (const [, name] of text.matchAll(/\bentryUrl\('([\w-]+)', import\.meta\.url\)/g)) {
      if (name === 'main' || entries.has(name)) throw new Error(`two entry points have the name ${name}`);
      entries.set(name, join(dist, dirname(file), `${name}.js`));
    }
  }
  return entries;
}

/** Takes the place of the library that measures texts, in Ink and its libraries. */
const TEXT_WIDTH = '\0text-width';

/** Stands for modules that are never used: Ink's tools for developers, and what commander would start commands with. */
const EMPTY = '\0empty';

const places = {
  name: 'places',
  resolveId(id, importer) {
    if (id === './devtools.js') return { id: EMPTY };
    if (id === 'node:child_process' && /[\\/]commander[\\/]/.test(importer ?? '')) return { id: EMPTY };
    if (id === 'string-width' && !importer?.startsWith(dist)) return { id: TEXT_WIDTH };
    const bundled = /\/bundled\/([\w-]+)\.js$/.exec(id)?.[1];
    if (bundled !== undefined)
      return this.resolve(libraries.get(bundled), join(dist, 'index.js'), { skipSelf: true });
    const isImportOfOwnFile = importer?.startsWith(dist) && /^[^./\\]/.test(id) && !id.startsWith(dist);
    const isLeftOut = isImportOfOwnFile && ![...libraries.values()].includes(id) && !small.test(id);
    return isLeftOut ? { id, external: true } : null;
  },
  load(id) {
    if (id === EMPTY) return 'export default {};';
    if (id !== TEXT_WIDTH) return null;
    return `export { textWidth as default } from ${JSON.stringify(join(dist, 'views/text/text-width.js'))};`;
  },
  /** Files that a module finds by its own place keep being found. Entry points lie beside the bundles. */
  transform(code, id) {
    if (!id.startsWith(dist) || !code.includes('import.meta.url') || code.includes("entryUrl('")) return null;
    const place = relative(target, id).replaceAll('\\', '/');
    return code.replaceAll('import.meta.url', `new URL('${place}', import.meta.url).href`);
  },
};

/** The modules that load with one: what its imports lead to. */
function loadedWith(id, context, found = new Set()) {
  if (found.has(id)) return found;
  found.add(id);
  for (const imported of context.getModuleInfo(id)?.importedIds ?? []) loadedWith(imported, context, found);
  return found;
}

/** The thread of a server loads what commands do, which is much of what there is. */
const LIKE_COMMANDS = ['serve-worker'];

/** Names the file that a module goes to. What threads and processes load is left to be divided among small files. */
function chunkNamer(entries) {
  let names = null;
  return (id, context) => {
    if (names === null) {
      names = new Map([[main, null]]);
      for (const [name, entry] of entries) {
        if (LIKE_COMMANDS.includes(name)) continue;
        for (const module of loadedWith(entry, context)) names.set(module, null);
      }
      const modulesOf = (file) => [...loadedWith(join(dist, file), context)];
      for (const { name, modules, and } of together) {
        const others = and === undefined ? null : new Set(modulesOf(and));
        for (const module of modules.flatMap(modulesOf))
          if (!names.has(module) && others?.has(module) !== false) names.set(module, name);
      }
    }
    return names.get(id) ?? null;
  };
}

await rm(target, { recursive: true, force: true });
const entries = await workerEntries();
const build = await rolldown({
  input: { main, ...Object.fromEntries(entries) },
  cwd: root,
  platform: 'node',
  // React checks itself and its users in development; Ink loads its tools for developers if DEV is set. Ink's layout
  // engine asks whether there is fetch, at which Node loads it.
  transform: { define: { 'process.env.NODE_ENV': '"production"', fetch: 'undefined' } },
  plugins: [places],
  preserveEntrySignatures: 'allow-extension',
  logLevel: 'warn',
});
const { output } = await build.write({
  dir: target,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunk-[name].js',
  comments: { legal: false, annotation: false, jsdoc: false },
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ name: chunkNamer(entries), debugName: 'together' }],
  },
});
await build.close();
await writeFile(
  join(target, 'LICENSES.txt'),
  await licences(output.flatMap((file) => ('moduleIds' in file ? file.moduleIds : []))),
);
