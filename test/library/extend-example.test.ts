import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../journal/temporary-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const example = join(root, 'examples/extend');

// Installs for real, as a stranger does: packages that are not in npm's cache come from the registry.
test('a package that knows the packed tarball alone extends fitfirst, and passes the shipped contracts', () => {
  const folder = temporaryFolder();
  const npm = (cwd: string, ...words: readonly string[]): string =>
    execFileSync('npm', words, { cwd, encoding: 'utf8' });
  npm(root, 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const stranger = join(folder, 'stranger');
  cpSync(example, stranger, { recursive: true });
  npm(stranger, 'install', '--prefer-offline', '--no-audit', '--no-fund', join('..', tarball));
  const output = npm(stranger, 'test');
  expect(output).toMatch(/^\W+fail 0$/m);
  expect(output).toContain('child processes, as an executor');
  expect(output).toContain('evolution, as a search method');
  // The command line works without the libraries that are bundled.
  expect(readdirSync(join(stranger, 'node_modules'))).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(ink|react|yaml|commander)$/)]),
  );
  const config = 'data: {generate: xor, split: none}\nparameters: {hidden: {values: [2, 4]}, epochs: 2}\n';
  writeFileSync(join(stranger, 'c.yaml'), `${config}metric: {name: train_loss}\nmethod: grid\nrepeats: 1\n`);
  expect(npm(stranger, 'exec', '--', 'fitfirst', 'run', 'c.yaml', '--view', 'plain')).toContain('Chosen');
  expect(readFileSync(join(stranger, 'node_modules/fitfirst/dist/bundled/LICENSES.txt'), 'utf8')).toMatch(
    /^zod \d/m,
  );
}, 600_000);

test('each extension is short', () => {
  for (const name of readdirSync(example).filter((file) => file.endsWith('.js')))
    expect(readFileSync(join(example, name), 'utf8').split('\n').length, name).toBeLessThan(100);
});
