import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scriptOf } from '../scripts.js';
import { type Browser, noBrowser, startBrowser } from './browser.js';
import { mistakenClasses, reportOf, reportPages, testedWith } from './report-pages.js';

const pages = reportPages();

/** How a page is looked at: on a phone, a tablet and a screen, and on paper of A4 size, upright and across. */
const looks = [
  { width: 390, colorScheme: 'light', media: 'screen' },
  { width: 390, colorScheme: 'dark', media: 'screen' },
  { width: 820, colorScheme: 'light', media: 'screen' },
  { width: 820, colorScheme: 'dark', media: 'screen' },
  { width: 1280, colorScheme: 'light', media: 'screen' },
  { width: 1280, colorScheme: 'dark', media: 'screen' },
  { width: 1920, colorScheme: 'light', media: 'screen' },
  { width: 718, colorScheme: 'light', media: 'print' },
  { width: 1047, colorScheme: 'dark', media: 'print' },
] as const;

const skipped = noBrowser === null ? '' : ` (skipped: ${noBrowser})`;

describe.skipIf(noBrowser !== null)(`the report in a browser${skipped}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser[Symbol.asyncDispose]());

  it.each(Object.keys(pages))(
    'of %s is whole at every width, in light, dark and print, and asks for nothing',
    async (name) => {
      const { page, misdeeds, layoutFaults } = await browser.open(pages[name] ?? '');
      for (const { width, ...look } of looks) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia(look);
        // Tables are open in the dark, so that pages are seen with and without them.
        await page.evaluate(
          `for (const one of document.querySelectorAll('details')) one.open = ${look.colorScheme === 'dark'}`,
        );
        expect(await layoutFaults(), `${width} wide, ${look.colorScheme} ${look.media}`).toEqual([]);
      }
      expect(misdeeds).toEqual([]);
      await page.close();
    },
  );

  it.each([
    ['a campaign of every stage', 390, 'dark'],
    ['a grid', 1280, 'light'],
    ['numbers as target', 390, 'light'],
    ['a campaign half way', 1280, 'dark'],
  ] as const)('of %s can be read by all, %i wide and %s', async (name, width, colorScheme) => {
    const { page, accessFaults } = await browser.open(pages[name] ?? '');
    await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    expect(await accessFaults()).toEqual([]);
    await page.close();
  });

  it('shows the value of a mark under the pointer, and takes it away again', async () => {
    const { page } = await browser.open(reportOf(scriptOf()));
    const mark = page.locator('#grow .wide .tips .dot').first();
    const tip = mark.locator('b');
    expect(await tip.isVisible()).toBe(false);
    await mark.hover();
    expect(await tip.isVisible()).toBe(true);
    expect(await tip.textContent()).toMatch(/^hidden 4, repeat \d: train_accuracy 0\.\d+$/);
    await page.locator('h1').hover();
    expect(await tip.isVisible()).toBe(false);
    await page.locator('#curves .tips .reading').nth(4).hover();
    expect(await page.locator('#curves .tips b:visible').textContent()).toMatch(
      /^epoch 5: val_loss [\d.]+, train_loss [\d.]+$/,
    );
    await page.close();
  });

  it('runs nothing that names of campaign and classes say', async () => {
    const evil = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "</title><svg onload='alert(1)'>",
    ];
    const many = Array.from({ length: 30 }, (_, k) => `${evil[k % evil.length]}${k}`);
    for (const classes of [evil, many]) {
      const script = testedWith(mistakenClasses(classes.length, 400), classes);
      const facts = { ...script.facts, name: evil[0] ?? '' };
      const { page, misdeeds, layoutFaults } = await browser.open(reportOf({ ...script, facts }));
      expect(await page.locator('h1').textContent()).toBe(evil[0]);
      expect(await page.evaluate('document.scripts.length + document.images.length')).toBe(0);
      expect(await layoutFaults()).toEqual([]);
      expect(misdeeds).toEqual([]);
      await page.close();
    }
  });
});
