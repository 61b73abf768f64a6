import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The licence of each package that one of these files belongs to, for a bundle that contains them. */
export async function licences(files) {
  const folders = new Set(
    files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const texts = [...folders].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const files = (await readdir(folder))
      .filter((one) => /^(?:licen[cs]e|notice)(?:\.\w+)?$/i.test(one))
      .sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    return `${name} ${version} (${license})\n${texts.map((text) => `\n${text.trim()}\n`).join('')}`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}
