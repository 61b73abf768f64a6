import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The names that an atomic write gives its temporary file: that of the file, and a number. */
const TEMPORARY = new RegExp(
  String.raw`^(?:(?:trials|epochs|timings)\.csv|(?:summary|model|note|written-files)\.json|report\.html|` +
    String.raw`model\.onnx|config\.yaml|journal\.snapshot|[0-9a-f]{12,}\.network)\.\d+$`,
);

/**
 * Removes the temporary files of a run that was killed. The caller holds the folder's lock and has not begun to write,
 * so nobody else uses them.
 */
export async function removeLeftFiles(folder: string): Promise<void> {
  for (const place of [folder, join(folder, 'weights')]) {
    const names = await readdir(place).catch(() => []);
    for (const name of names.filter((one) => TEMPORARY.test(one)))
      await rm(join(place, name), { force: true }).catch(() => {}); // it does no harm
  }
}
