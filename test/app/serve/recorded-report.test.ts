import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runConfig } from '../../../src/app/run-config.js';
import { serveCampaigns } from '../../../src/app/serve/serve-campaigns.js';
import { reportContents } from '../../../src/views/report/report-contents.js';
import { emptyFolder } from '../../support/command-line.js';

const config = `
name: moons & more
data: {generate: moons, rows: 120, noise: 0.2}
parameters: {hidden: {values: [2, 4]}, epochs: 5}
method: grid
repeats: 1
`;

/** A concluded campaign that is served: its results folder, and what its page says. */
async function concluded() {
  const folder = await emptyFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const path = join(folder.path, 'moons.yaml');
  await writeFile(path, config);
  const out = join(folder.path, 'results');
  await runConfig(path, { out });
  const serving = await serveCampaigns(folder.path, 0);
  onTestFinished(() => serving.close());
  const page = async (shown = ''): Promise<string> => {
    const answer = await fetch(`${serving.address}campaign?folder=results`, {
      headers: { 'x-drawn': shown },
    });
    return answer.text();
  };
  return { out, page };
}

const progressOf = (page: string) => /<p class="progress".*<\/p>/.exec(page)?.[0];
const chaptersOf = (page: string) => page.match(/<section id="[^"]*">/g);

test('the page of a concluded campaign shows the report that its last run wrote', async () => {
  const { out, page } = await concluded();
  const report = reportContents(await readFile(join(out, 'report.html'), 'utf8'));
  const shown = await page();
  expect(report).toContain('<p class="answer">');
  expect(shown).toContain(`>${report}</main>`);
  expect(shown).toContain('<h1>moons &amp; more</h1>');
  const [, id] = /data-drawn="([^"]+)"/.exec(shown) ?? [];
  expect(await page(id)).toContain('<main data-live data-kept></main>');
  await rm(join(out, 'written-files.json'));
  const drawn = await page();
  expect(drawn).not.toContain(report);
  expect(progressOf(shown)).toBe(progressOf(drawn));
  expect(chaptersOf(shown)).toEqual(chaptersOf(drawn));
});

test('a report that was changed, or that tells of another journal, is never shown', async () => {
  const { out, page } = await concluded();
  const [path, journal] = [join(out, 'report.html'), join(out, 'journal.jsonl')];
  const [report, bytes] = [await readFile(path, 'utf8'), await readFile(journal)];
  await writeFile(path, report.replace('<p class="answer">', '<p class="answer">Not so: '));
  const drawn = await page();
  expect(drawn).toContain('concluded: ');
  expect(drawn).not.toContain('Not so');
  await writeFile(path, report);
  await truncate(journal, bytes.lastIndexOf('\n', bytes.length - 2) + 1);
  expect(progressOf(await page())).toContain('not running: ');
  bytes[bytes.indexOf('val_loss')] = 'w'.charCodeAt(0);
  await writeFile(journal, bytes);
  expect(await page()).toContain('this line');
});
