/**
 * Removes from `dist` what was compiled from files that `src` no longer has, since the compiler leaves it there and the
 * package would contain it. All other files stay, because something may run from `dist`.
 *
 *     node scripts/remove-stale-files.mjs src dist
 */
import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const [src, dist] = process.argv.slice(2);

/** What the compiler writes for a file. */
const COMPILED = /(\.js|\.js\.map|\.d\.ts)$/;

const files = (await readdir(dist, { recursive: true })).filter(
  (file) => COMPILED.test(file) && !/^(bundled|program)\b/.test(file),
);
for (const file of files) {
  const source = join(src, file.replace(COMPILED, ''));
  if (existsSync(`${source}.ts`) || existsSync(`${source}.tsx`)) continue;
  await rm(join(dist, file));
  await removeIfEmpty(dirname(file));
}

/** Removes a folder without files, and those above it. */
async function removeIfEmpty(folder) {
  if (folder === '.' || (await readdir(join(dist, folder))).length > 0) return;
  await rmdir(join(dist, folder));
  await removeIfEmpty(dirname(folder));
}
