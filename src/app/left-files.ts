import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The names that an atomic write gives its temporary file: that of the file, and a number. */
const TEMPORARY = new RegExp(
  String.raw`^(?:(?:trials|epochs|timings)\.csv|(?:summary|model|note|written-files)\.json|report\.html|` +
    String.raw`model\.onnx|config\.yaml|journal\.snapshot|[0-9a-f]{12,}\.network)\.\d+$`,
);

/** Names the programs of a run that was killed. Who starts programs reads and removes it. */
const PROGRAMS = 'processes.jsonl';

/**
 * Removes the temporary files of a run that was killed, and its list of programs if that is empty: a campaign that is
 * concluded starts no programs, so nobody else would remove it. The caller holds the folder's lock and has not begun to
 * write, so nobody else uses them.
 */
export async function removeLeftFiles(folder: string): Promise<void> {
  for (const place of [folder, join(folder, 'weights')]) {
    const names = await readdir(place).catch(() => []);
    for (const name of names.filter((one) => TEMPORARY.test(one)))
      await rm(join(place, name), { force: true }).catch(() => {}); // it does no harm
  }
  const list = join(folder, PROGRAMS);
  const found = await lstat(list).catch(() => null);
  if (found?.isFile() && found.size === 0) await rm(list, { force: true }).catch(() => {});
}
