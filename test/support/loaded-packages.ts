import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyFolder, program } from './command-line.js';

/** The libraries whose code a command loads, bundled or not, in its own process and in those that it starts. */
export async function loadedPackages(folder: string, ...words: readonly string[]): Promise<string[]> {
  const packages = new Set<string>();
  for (const url of await loadedFiles(folder, program, ...words)) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(url)?.[1];
    if (name !== undefined) packages.add(name);
    // In a bundle, a comment with the path of the file is above each file's part.
    const text = url.includes('/dist/program/') ? await readFile(new URL(url), 'utf8') : '';
    for (const [, bundled = ''] of text.matchAll(/^\/\/ \S*node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\/\S+$/gm))
      packages.add(bundled);
  }
  return [...packages].sort();
}

/**
 * URLs of the files whose code Node loads with these arguments, in its own process and in those that it starts. V8's
 * coverage lists every file that was loaded, however it was imported.
 */
export async function loadedFiles(folder: string, ...words: readonly string[]): Promise<string[]> {
  await using coverage = await emptyFolder();
  const env = { ...process.env, NODE_V8_COVERAGE: coverage.path };
  const child = spawn(process.execPath, words, { cwd: folder, env, stdio: 'ignore' });
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  const files = new Set<string>();
  for (const file of await readdir(coverage.path)) {
    const { result }: { result: { url: string }[] } = JSON.parse(
      await readFile(join(coverage.path, file), 'utf8'),
    );
    for (const { url } of result) if (url.startsWith('file:')) files.add(url);
  }
  return [...files].sort();
}
