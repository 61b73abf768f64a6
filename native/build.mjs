/**
 * Compiles the native kernel for this machine into `native/build/<platform>-<arch>/kernel.node`. It needs a C++
 * compiler and nothing else, and downloads nothing.
 *
 *     node native/build.mjs              says what went wrong if it cannot be built, and ends with code 1
 *     node native/build.mjs --optional   ends with code 0 all the same: fitfirst then uses WebAssembly
 *
 * The compiler is $CXX, else the first of c++, g++ and clang++ that is there. FITFIRST_NATIVE=0 leaves the build out.
 */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginesByArch, findCompiler, flags, linkFlags, run, sharedFlags } from './compiler.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, 'build', `${process.platform}-${process.arch}`);

/** Changes with the sources and with what they are compiled by. */
function sourceHash(compiler) {
  const hash = createHash('sha256').update(compiler);
  for (const file of readdirSync(here)
    .filter((name) => /\.(cc|h|mjs)$/.test(name))
    .sort()) {
    hash.update(file).update(readFileSync(join(here, file)));
  }
  return hash.digest('hex');
}

function isUpToDate(hash) {
  try {
    return readFileSync(join(target, 'source-hash'), 'utf8') === hash;
  } catch {
    return false;
  }
}

async function build() {
  const engines = enginesByArch[process.arch];
  const link = linkFlags[process.platform];
  if (engines === undefined || link === undefined) {
    throw new Error(`there are no engines for ${process.platform} on ${process.arch}`);
  }
  const compiler = findCompiler();
  const hash = sourceHash(compiler);
  if (isUpToDate(hash)) return;
  mkdirSync(target, { recursive: true });
  const work = mkdtempSync(join(target, 'work-'));
  try {
    const { include_dir: headers } = (await import('node-api-headers')).default;
    const compile = (source, object, ...more) => {
      run(compiler, [...flags, ...sharedFlags, ...more, '-c', join(here, source), '-o', join(work, object)]);
      return join(work, object);
    };
    const objects = Object.entries(engines).map(([name, own]) =>
      compile('engine.cc', `${name}.o`, `-DENGINE=${name}`, ...own),
    );
    objects.push(compile('addon.cc', 'addon.o', `-I${headers}`));
    run(compiler, [...link, '-o', join(work, 'kernel.node'), ...objects]);
    // Moved into place as a whole: a process may have the old one loaded.
    renameSync(join(work, 'kernel.node'), join(target, 'kernel.node'));
    writeFileSync(join(target, 'source-hash'), hash);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (process.env.FITFIRST_NATIVE !== '0') {
  try {
    await build();
  } catch (error) {
    if (!process.argv.includes('--optional')) {
      console.error(`The native kernel was not built: ${error.message}\nfitfirst uses WebAssembly.`);
      process.exitCode = 1;
    }
  }
}
