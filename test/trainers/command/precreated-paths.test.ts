import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PrecreatedPaths } from '../../../src/trainers/command/precreated-paths.js';
import { emptyFolder } from '../../support/command-line.js';

/** Spare folders with a file in each, and the way to wait until one is made. */
function spareFolders(folder: string, count = 1) {
  const made = new EventTarget();
  const paths = Array.from({ length: count }, (_, n) => join(folder, `.spare-${n}`));
  const spares = new PrecreatedPaths(paths, async (path) => {
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'file'), 'made before');
    setImmediate(() => made.dispatchEvent(new Event('made')));
  });
  return { spares, nextMade: () => once(made, 'made') };
}

describe('spare folders', () => {
  it('are made once the first was asked for, and then get the name that is wanted', async () => {
    await using folder = await emptyFolder();
    const { spares, nextMade } = spareFolders(folder.path);
    await nextTurn();
    expect(readdirSync(folder.path)).toEqual([]);

    const made = nextMade();
    expect(spares.moveTo(join(folder.path, 'a'))).toBe(false);
    await made;
    expect(spares.moveTo(join(folder.path, 'b'))).toBe(true);

    expect(readdirSync(folder.path)).toEqual(['b']);
    expect(readFileSync(join(folder.path, 'b/file'), 'utf8')).toBe('made before');
    await spares.close();
  });

  it('take the place of nothing that is there', async () => {
    await using folder = await emptyFolder();
    const { spares, nextMade } = spareFolders(folder.path);
    mkdirSync(join(folder.path, 'a'));
    writeFileSync(join(folder.path, 'a/checkpoint'), 'kept');
    const made = nextMade();
    spares.moveTo(join(folder.path, 'a'));
    await made;

    expect(spares.moveTo(join(folder.path, 'a'))).toBe(false);

    expect(readdirSync(join(folder.path, 'a'))).toEqual(['checkpoint']);
    await spares.close();
  });

  it('are gone when they are closed, made or in the making', async () => {
    await using folder = await emptyFolder();
    const { spares } = spareFolders(folder.path, 3);
    spares.moveTo(join(folder.path, 'a'));
    await nextTurn();

    await spares.close();

    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('that cannot be made are left to whoever needs one', async () => {
    await using folder = await emptyFolder();
    const paths = [join(folder.path, '.spare')];
    const refused = new EventTarget();
    const spares = new PrecreatedPaths(paths, async () => {
      setImmediate(() => refused.dispatchEvent(new Event('refused')));
      throw new Error('no space left');
    });
    const refusal = once(refused, 'refused');
    expect(spares.moveTo(join(folder.path, 'a'))).toBe(false);
    await refusal;
    expect(spares.moveTo(join(folder.path, 'b'))).toBe(false);
    expect(existsSync(join(folder.path, 'a'))).toBe(false);
    await spares.close();
  });
});
