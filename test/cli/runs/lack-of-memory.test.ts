import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, fitfirst, promisedFiles, start, writeCampaign } from '../../support/command-line.js';

const campaign = `
name: memory
data: {generate: spirals, rows: 400}
parameters: {hidden: {values: [16, 24, 32, 40]}, epochs: 20, batch_size: 16}
method: grid
repeats: 2
`;

/** WebAssembly reserves 10 GB of addresses for each network, so a limit on them decides how many fit at once. */
const LIMITS_IN_KB = { none: 12_000_000, some: 36_000_000 };

const limited = (kilobytes: number): string[] => [
  '-c',
  `ulimit -v ${kilobytes}; exec "$0" "$@"`,
  process.execPath,
];

/** The events of these types in a journal; its first line is a header. */
async function eventsOf(
  results: string,
  ...types: readonly string[]
): Promise<{ type: string; message?: string }[]> {
  const lines = (await readFile(join(results, 'journal.jsonl'), 'utf8')).trim().split('\n');
  return lines
    .slice(1)
    .map((line) => JSON.parse(line).event)
    .filter(({ type }) => types.includes(type));
}

it('stops a campaign for which there is no memory, and resumes it to the end of an undisturbed one', async () => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign);
  const results = join(folder.path, 'results/memory');
  const words = ['run', 'campaign.yaml', '--view', 'none', '--workers', '2'];

  const { code, stderr } = await start(folder.path, words, 'sh', limited(LIMITS_IN_KB.none)).ended;

  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      new RegExp(
        /^Memory ran out: the network of this trial needs \d[\d.]* MB\. A single worker could/.source +
          / not get that much\. Free some memory or raise the limit/.source,
      ),
    ),
  });
  expect(await eventsOf(results, 'trial-failed', 'trial-finished')).toEqual([]);
  expect(await fitfirst(folder.path, ...words)).toMatchObject({ code: 0 });
  await fitfirst(folder.path, ...words, '--out', 'whole');
  expect(await promisedFiles(results)).toEqual(await promisedFiles(join(folder.path, 'whole')));
});

it('goes on with fewer workers where the memory is not enough for all, and ends the same', async () => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign);
  const results = join(folder.path, 'results/memory');
  const words = ['run', 'campaign.yaml', '--view', 'none', '--workers', '8'];

  const ended = await start(folder.path, words, 'sh', limited(LIMITS_IN_KB.some)).ended;

  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(await eventsOf(results, 'trial-failed')).toEqual([]);
  const lost = await eventsOf(results, 'attempt-lost');
  expect(lost.length).toBeGreaterThan(0);
  // How much a network needs is known where its own memory could not be had, not where its program could not.
  for (const { message } of lost) expect(message).toMatch(/^Memory ran out[:.]/);
  await fitfirst(folder.path, ...words, '--out', 'whole');
  expect(await promisedFiles(results)).toEqual(await promisedFiles(join(folder.path, 'whole')));
});
