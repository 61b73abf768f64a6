import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginesByArch, findCompiler, flags, run } from '../../../../native/compiler.mjs';

// npm run soak:kernel [-- NETWORKS [SEED]]: random and spoilt networks under the address sanitizer (fuzz-bounds.cc).

const [networks = '100000', seed = '1'] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const native = here('../../../../native');
const engines = enginesByArch[process.arch];
if (engines === undefined) throw new Error(`there are no engines for ${process.arch}`);

const watched = [
  '-O1',
  '-g',
  '-fno-omit-frame-pointer',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=all',
];
const compiler = findCompiler();
const work = mkdtempSync(join(tmpdir(), 'fitfirst-soak-kernel-'));
try {
  const compile = (source, object, ...more) => {
    run(compiler, [...flags, ...watched, ...more, `-I${native}`, '-c', source, '-o', join(work, object)]);
    return join(work, object);
  };
  const objects = Object.entries(engines).map(([name, own]) =>
    compile(join(native, 'engine.cc'), `${name}.o`, `-DENGINE=${name}`, ...own),
  );
  objects.push(compile(here('fuzz-bounds.cc'), 'fuzz-bounds.o'));
  run(compiler, [...watched, '-o', join(work, 'fuzz-bounds'), ...objects]);
  const { status } = spawnSync(join(work, 'fuzz-bounds'), [seed, networks], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(work, { recursive: true });
}
