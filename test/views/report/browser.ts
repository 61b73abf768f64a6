import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Page } from 'playwright-core';

const path = process.env.FITFIRST_CHROMIUM ?? '/usr/bin/chromium';

/** Why there is no browser to test with; null where there is one. */
export const noBrowser: string | null = existsSync(path)
  ? null
  : `there is no ${path}; FITFIRST_CHROMIUM can name another Chromium`;

const layoutFaults = await readFile(fileURLToPath(new URL('layout-faults.js', import.meta.url)), 'utf8');

/** A page that was opened from disk. */
export interface OpenedPage {
  readonly page: Page;
  /** What it did that a report must not: errors and warnings of the console, requests, dialogs. */
  readonly misdeeds: readonly string[];
  /** What is cut, lies over something else or is not drawn, in words. */
  layoutFaults(): Promise<unknown>;
  /** What axe-core calls a serious or critical violation, in words. */
  accessFaults(): Promise<unknown>;
}

/** A browser of its own. */
export interface Browser extends AsyncDisposable {
  open(html: string): Promise<OpenedPage>;
  /** Opens a page of a server. Requests to other hosts are misdeeds. */
  visit(address: string): Promise<OpenedPage>;
}

/** Starts the browser. Pages come from a folder that is gone afterwards. */
export async function startBrowser(): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-browser-'));
  const browser = await chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  let written = 0;
  const openPage = async (
    address: string,
    offline: boolean,
    isAllowed: (url: string) => boolean,
  ): Promise<OpenedPage> => {
    const page = await browser.newPage({ offline });
    // The time limit of the test is enough: a busy machine may take minutes.
    page.setDefaultTimeout(0);
    const misdeeds: string[] = [];
    page.on('console', (message) => misdeeds.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => misdeeds.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!isAllowed(url) && !url.startsWith('data:')) misdeeds.push(`request: ${url}`);
    });
    page.on('dialog', (dialog) => {
      misdeeds.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(address);
    return {
      page,
      misdeeds,
      layoutFaults: () => page.evaluate(layoutFaults),
      accessFaults: async () => {
        await page.evaluate(axe.source);
        return page.evaluate(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .flatMap(({ id, help, nodes }) => nodes.map(({ html, any }) =>
            id + ': ' + help + ': ' + html.slice(0, 200) + ' ' + any.map(({ message }) => message).join(' '))))`);
      },
    };
  };
  return {
    async open(html) {
      written += 1;
      const file = join(folder, `${written}.html`);
      await writeFile(file, html);
      const address = pathToFileURL(file).href;
      return openPage(address, true, (url) => url === address);
    },
    visit: (address) => openPage(address, false, (url) => url.startsWith(new URL(address).origin)),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
