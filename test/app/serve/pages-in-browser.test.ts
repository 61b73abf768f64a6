import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveCampaigns } from '../../../src/app/serve/serve-campaigns.js';
import { emptyFolder, start } from '../../support/command-line.js';
import { type Browser, noBrowser, startBrowser } from '../../views/report/browser.js';
import { writeInventedJournal } from './invented-journal.js';

const fixtures = fileURLToPath(new URL('../../fixtures/version-0.1.0/', import.meta.url));
const skipped = noBrowser === null ? '' : ` (skipped: ${noBrowser})`;

const paths = [
  '',
  'campaign?folder=campaign-1',
  'history?folder=results%2Flive&by=cost',
  'parallel?folder=invented&q=hidden%3E%3D16',
  'slices?folder=invented',
  'importance?folder=campaign-2',
  'curves?folder=results%2Flive&count=10',
  'timeline?folder=results%2Flive',
  'settings?folder=invented&sort=dropout:descending',
  'trials?folder=invented&column=hidden&column=state',
  'trial?folder=campaign-1&number=5',
  'compare?folder=campaign-1&folder=campaign-2',
];

const config = `name: live
seed: 7
data: {generate: moons, rows: 200, noise: 0.1}
parameters:
  hidden: {values: [2, 4, 8, 16]}
  learning_rate: {values: [0.01, 0.03]}
  epochs: {value: 40}
method: grid
repeats: 3
`;

/** It outlasts any test: 800 trials, of which each takes some tenths of a second at least. */
const endless = `${config}workers: 1\n`
  .replace('rows: 200', 'rows: 20000')
  .replace('value: 40', 'value: 200')
  .replace('repeats: 3', 'repeats: 100');

describe.skipIf(noBrowser !== null)(`the served pages in a browser${skipped}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser[Symbol.asyncDispose]());

  it('are whole at every width in light and dark, ask no other host, and can be used without seeing them', async () => {
    await using folder = await emptyFolder();
    for (let number = 1; number <= 49; number++) {
      const state = number % 2 === 0 ? 'mlp-grid/states/concluded' : 'mlp-fit-first/states/dropout';
      await cp(join(fixtures, state), join(folder.path, `campaign-${number}`), { recursive: true });
    }
    await writeInventedJournal(join(folder.path, 'invented'), { trials: 150, epochs: 5 });
    await writeFile(join(folder.path, 'live.yaml'), endless);
    const run = start(folder.path, ['run', 'live.yaml', '--view', 'none']);
    const serving = await serveCampaigns(folder.path, 0);
    try {
      const list = await browser.visit(serving.address);
      await list.page.getByText('51 campaigns, 1 running').waitFor();
      await list.page.close();
      const faults: unknown[] = [];
      for (const path of paths) {
        const { page, misdeeds, layoutFaults, accessFaults } = await browser.visit(serving.address + path);
        for (const width of [390, 820, 1280, 1920]) {
          await page.setViewportSize({ width, height: 900 });
          const found = await layoutFaults();
          if (Array.isArray(found)) faults.push(...found.map((fault) => [path, width, fault]));
        }
        // Light and dark differ in their colours alone.
        const light = await accessFaults();
        await page.emulateMedia({ colorScheme: 'dark' });
        faults.push([path, misdeeds, light, await accessFaults()]);
        await page.close();
      }
      expect(faults).toEqual(paths.map((path) => [path, [], [], []]));
    } finally {
      run.child.kill('SIGKILL');
      await run.ended;
      await serving.close();
    }
  }, 600_000);

  it('show the report over the whole of a wide window, with chapters side by side on a very wide one', async () => {
    await using folder = await emptyFolder();
    await cp(join(fixtures, 'mlp-fit-first/states/concluded'), join(folder.path, 'a'), { recursive: true });
    const serving = await serveCampaigns(folder.path, 0);
    try {
      const { page } = await browser.visit(`${serving.address}campaign?folder=a`);
      await page.locator('main section').first().waitFor();
      const shown = async (width: number): Promise<{ share: number; columns: number }> => {
        await page.setViewportSize({ width, height: 900 });
        const starts = await page.evaluate<number[]>(
          `[...document.querySelectorAll('main section')].map((one) => one.getBoundingClientRect().left)`,
        );
        const main = await page.locator('main').boundingBox();
        return { share: (main?.width ?? 0) / width, columns: new Set(starts).size };
      };
      const [phone, laptop, screen] = [await shown(390), await shown(1280), await shown(1920)];
      expect([phone.columns, laptop.columns, screen.columns]).toEqual([1, 1, 2]);
      for (const { share } of [phone, laptop, screen]) expect(share).toBeGreaterThan(0.85);
    } finally {
      await serving.close();
    }
  });

  it('filter and sort by the keyboard, and an address shows the same again', async () => {
    await using folder = await emptyFolder();
    await cp(join(fixtures, 'mlp-grid/states/concluded'), join(folder.path, 'a-grid'), { recursive: true });
    await cp(join(fixtures, 'mlp-fit-first/states/dropout'), join(folder.path, 'b-half'), {
      recursive: true,
    });
    await cp(join(fixtures, 'mlp-nothing-fits/states/concluded'), join(folder.path, 'c-none'), {
      recursive: true,
    });
    const serving = await serveCampaigns(folder.path, 0);
    try {
      const { page } = await browser.visit(serving.address);
      await page.getByText('being read').waitFor({ state: 'detached' });
      const names = (): Promise<string[]> => page.locator('tbody tr:not([hidden]) a').allTextContents();
      const byTrials = page.getByRole('button', { name: 'trials' });
      await byTrials.focus();
      await page.keyboard.press('Enter');
      expect(await names()).toEqual(['c-none', 'b-half', 'a-grid']);
      await page.keyboard.press('Enter');
      expect(await names()).toEqual(['a-grid', 'b-half', 'c-none']);
      await page.getByLabel('Filter').fill('fit_first');
      expect(await names()).toEqual(['b-half', 'c-none']);
      await page.goto(page.url());
      expect(await names()).toEqual(['b-half', 'c-none']);
      await page.close();
    } finally {
      await serving.close();
    }
  });

  it('follow a campaign that begins while they are open, until it is concluded', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'live.yaml'), config);
    const serving = await serveCampaigns(folder.path, 0);
    try {
      const { page, misdeeds } = await browser.visit(serving.address);
      await page.getByText('0 campaigns').waitFor();
      const run = start(folder.path, ['run', 'live.yaml', '--view', 'none']);
      await page.getByRole('link', { name: 'results/live' }).waitFor();
      const report = await browser.visit(`${serving.address}campaign?folder=results%2Flive`);
      expect((await run.ended).code).toBe(0);
      await page.getByRole('cell', { name: 'concluded', exact: true }).waitFor();
      await report.page.getByText('The campaign is not concluded yet').waitFor({ state: 'detached' });
      expect([...misdeeds, ...report.misdeeds]).toEqual([]);
    } finally {
      await serving.close();
    }
  });
});
