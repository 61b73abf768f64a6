import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, writeCampaign } from '../../support/command-line.js';

const campaign = `
name: small
seed: 5
data: {path: table.csv, target: y}
parameters: {hidden: {value: 8}, dropout: {values: [0]}, learning_rate: {value: 0.05}, epochs: {value: 5}}
method: grid
repeats: 1
`;
const table = `x,y\n${Array.from({ length: 60 }, (_, k) => `${k},${k % 2 === 0 ? 'a' : 'b'}`).join('\n')}\n`;

describe('a saved network with a flipped bit', () => {
  it('is refused by predict and by another run, with the path and what to do', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'table.csv'), table);
    const config = await writeCampaign(folder.path, campaign);
    expect((await fitfirstHere(folder.path, 'run', config)).code).toBe(0);
    const weights = join(folder.path, 'results/small/weights');
    for (const name of await readdir(weights)) {
      const bytes = await readFile(join(weights, name));
      bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 0x10;
      await writeFile(join(weights, name), bytes);
    }
    const model = await readFile(join(folder.path, 'results/small/model.json'), 'utf8');
    for (const words of [
      ['predict', 'results/small', 'table.csv'],
      ['run', config],
    ]) {
      const end = await fitfirstHere(folder.path, ...words);
      expect(end.code).toBe(2);
      expect(end.stderr).toMatch(
        /weights.*\.network: The network has the checksum .* The file is damaged\. Restore/,
      );
      expect(end.stderr).not.toMatch(/ {4}at /);
    }
    expect(await readFile(join(folder.path, 'results/small/model.json'), 'utf8')).toBe(model);
  });
});
