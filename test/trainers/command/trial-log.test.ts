import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TrialLog } from '../../../src/trainers/command/trial-log.js';
import { emptyFolder } from '../../support/command-line.js';

const bounds = { head: 10, tail: 5 };

describe('the log of a trial', () => {
  it('appears with the first byte, and has all of a short output', async () => {
    await using folder = await emptyFolder();
    const path = join(folder.path, 'logs/a.log');
    const log = new TrialLog(path, bounds);
    expect(existsSync(path)).toBe(false);
    for (const text of ['abc', 'defghij', 'klm']) log.write(Buffer.from(text));
    log.close();
    expect(readFileSync(path, 'utf8')).toBe('abcdefghijklm');
  });

  it('has the beginning and the end of a long one, and the size of the gap', async () => {
    await using folder = await emptyFolder();
    const path = join(folder.path, 'a.log');
    const log = new TrialLog(path, bounds);
    for (let n = 0; n < 100; n++) log.write(Buffer.from(`${String(n).padStart(2, '0')}.`));
    log.close();
    expect(readFileSync(path, 'utf8')).toBe('00.01.02.0\n[... 285 bytes are left out here ...]\n8.99.');
  });

  it('tells the last lines', async () => {
    await using folder = await emptyFolder();
    const log = new TrialLog(join(folder.path, 'a.log'), bounds);
    log.write(Buffer.from('first\nsecond\n\nthird line\n'));
    expect(log.lastLines(2)).toEqual(['second', 'third line']);
    log.close();
  });

  it('does not hold a trial up where it cannot be written', async () => {
    await using folder = await emptyFolder();
    writeFileSync(join(folder.path, 'file'), 'where a folder should be');
    const log = new TrialLog(join(folder.path, 'file/a.log'), bounds);
    log.write(Buffer.from('said all the same\n'));
    log.close();
    expect(log.lastLines(1)).toEqual(['said all the same']);
  });
});
