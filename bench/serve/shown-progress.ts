import type { Page } from 'playwright-core';

/** A number of trials that a page says have ended, and when it began to say so, in milliseconds since 1970. */
export interface ShownCount {
  readonly count: number;
  readonly at: number;
}

/** Lets a page note each number of ended trials that it shows. The page does that itself, so nobody has to ask it. */
export async function observeProgress(page: Page): Promise<void> {
  await page.evaluate(`{
    const shown = [];
    const note = () => {
      const text = document.querySelector('.progress')?.textContent ?? '';
      const count = Number((/: ([\\d,]+)/.exec(text)?.[1] ?? '0').replaceAll(',', ''));
      if (count !== shown.at(-1)?.count) shown.push({ count, at: Date.now() });
    };
    new MutationObserver(note).observe(document.body, { childList: true, characterData: true, subtree: true });
    note();
    window.shownProgress = shown;
  }`);
}

/** What the page noted. */
export async function shownProgress(page: Page): Promise<ShownCount[]> {
  return JSON.parse(String(await page.evaluate('JSON.stringify(window.shownProgress)')));
}

/** How far a page was behind. */
export interface Lag {
  /** Milliseconds from the end of a trial until the page showed it. */
  readonly lag: number;
  /** Milliseconds from the opening of the page until the trial ended. */
  readonly after: number;
}

/**
 * How long after each trial had ended the page showed it, in rising order. `ended` has the times at which trials ended;
 * those before the page was there do not count.
 */
export function lagsOf(ended: readonly number[], shown: readonly ShownCount[]): Lag[] {
  const [{ at: start } = { at: Number.POSITIVE_INFINITY }] = shown;
  let place = 0;
  const lags = ended.flatMap((at, index) => {
    if (at < start) return [];
    while ((shown[place]?.count ?? Number.POSITIVE_INFINITY) < index + 1) place += 1;
    return [{ lag: (shown[place]?.at ?? Number.POSITIVE_INFINITY) - at, after: at - start }];
  });
  return lags.sort((a, b) => a.lag - b.lag);
}
