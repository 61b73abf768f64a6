import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder } from '../../support/command-line.js';

const fixtures = fileURLToPath(new URL('../../fixtures/version-0.1.0', import.meta.url));
const linesOf = async (name: string): Promise<string[]> =>
  (await readFile(join(fixtures, name, 'states/concluded/journal.jsonl'), 'utf8')).split(/(?<=\n)/);

describe('a journal with a sound line of another campaign', () => {
  it.each([
    ['status', 'results'],
    ['export', 'results'],
    ['watch', 'results'],
    ['run', 'results/config.yaml', '--out', 'results'],
  ])('is refused by %s, with the line and what to do, and stays as it is', async (...words) => {
    await using folder = await emptyFolder();
    const [ours, theirs] = [await linesOf('mlp-grid'), await linesOf('mlp-random')];
    const at = theirs.findIndex((line) => line.includes('"trial-reported"'));
    const text = [...ours.slice(0, at), theirs[at], ...ours.slice(at + 1)].join('');
    const results = join(folder.path, 'results');
    await cp(join(fixtures, 'mlp-grid/states/concluded'), results, { recursive: true });
    await cp(join(fixtures, 'mlp-grid/config.yaml'), join(results, 'config.yaml'));
    await writeFile(join(results, 'journal.jsonl'), text);
    const end = await fitfirstHere(folder.path, ...words);
    expect(end.stderr).toContain(`journal.jsonl:${at + 1}: this line holds an event that is about the trial`);
    expect(end.stderr).toContain(`head -n ${at}`);
    expect(end.code).toBe(2);
    expect(await readFile(join(results, 'journal.jsonl'), 'utf8')).toBe(text);
  });
});
