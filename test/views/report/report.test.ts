import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evolve } from '../../../src/campaign/campaign.js';
import type { StoredEntry } from '../../../src/campaign/event.js';
import type { Mistake } from '../../../src/campaign/test-errors.js';
import { parseCampaignEvent } from '../../../src/journal/campaign-event.js';
import { readEntries } from '../../../src/journal/journal-reader.js';
import { reportHtml } from '../../../src/views/report/report.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { scriptedEvents, after as stateAfter } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';
import { reportOf, testedWith, withTwoKindsOfDropout } from './report-pages.js';

/** The chapters of a page, in their order. */
const chaptersOf = (page: string): string[] =>
  [...page.matchAll(/<section id="(\w+)">/g)].map(([, id]) => id ?? '');

describe('the report', () => {
  const page = reportOf(scriptOf());

  it('draws a setting only on the axes of the parameters that are active in it', () => {
    const settings = [
      { optimizer: 'adam', rate: 0.1 },
      { optimizer: 'adam', rate: 0.2 },
      ...[0, 0.5, 0.9].map((momentum) => ({ optimizer: 'sgd', rate: 0.1, momentum })),
    ].map((parameters) => specOf(parameters));
    const events = dated([
      {
        type: 'campaign-started',
        ...factsOf({ parameters: ['optimizer', 'rate', 'momentum'], method: 'random' }),
      },
      planned('search', settings),
      ...settings.flatMap((spec, i) => finished(spec, { val_loss: i })),
    ]);
    const page = reportHtml(stateAfter(events).campaign, '0');
    expect(page).toContain('momentum: not active in the best quarter');
    expect(page).not.toContain('left:-');
    expect(page).not.toContain('NaN');
  });

  it('says when and how long the campaign ran, on what, and what its workers did', () => {
    expect(page).toMatch(/fit first · \d+ trials · 2026-01-02 · \d\d:\d\d</);
    expect(page).toContain('a machine, Node v1.2.3');
    expect(page).toMatch(/The workers were busy [\d.]+ % of the time/);
    expect(page).toMatch(/<td[^>]*>1<\/td><td[^>]*>\d+<\/td><td[^>]*>\d\d:\d\d<\/td>/);
    const { campaign } = stateAfter(scriptedEvents(scriptOf()));
    expect(reportHtml(campaign, '1.2.3')).not.toContain('How it ran');
  });

  it('shows the best so far, and all parameters at once', () => {
    expect(page).toMatch(
      /The best val_loss of a single trial went from [\d.]+ to [\d.]+, reached at trial \d+/,
    );
    expect(page).toContain('Where the best settings lie, in 2 parameters and val_loss');
  });

  it('tells a campaign in the order in which it was decided', () => {
    expect(chaptersOf(page)).toEqual([
      'asked',
      'data',
      'grow',
      'dropout',
      'confirm',
      'curves',
      'parameters',
      'parallel',
      'history',
      'test',
      'errors',
      'warnings',
      'decisions',
      'timeline',
      'reproduce',
    ]);
  });

  it("has the method's own sentences as titles of its figures", () => {
    expect(page).toContain('<h3>hidden 32 is the smallest size that fits.</h3>');
    expect(page).toMatch(
      /<h3>hidden \d+, dropout [\d.]+ is chosen: mean val_loss [\d.]+ over 4 repeats\.<\/h3>/,
    );
    expect(page).toMatch(/<h3>[^<]*val_loss is better by [^<]* on 5 fresh repeats\.<\/h3>/);
    expect(page).toContain('hidden 4 does not fit: 0 of 2 repeats reached the target');
  });

  it('gives every figure its data as a table', () => {
    const figures = [...page.matchAll(/<figure>[\s\S]*?<\/figure>/g)].map(([figure]) => figure);
    expect(figures.length).toBeGreaterThan(5);
    expect(figures.filter((figure) => !/<details>[\s\S]*<table>/.test(figure))).toEqual([]);
  });

  it('shows every repeat of the growth as a dot that says what it is', () => {
    const grow = page.slice(page.indexOf('<section id="grow">'), page.indexOf('<section id="dropout">'));
    const wide = grow.slice(0, grow.indexOf('class="narrow"'));
    const tips = [...wide.matchAll(/<b>hidden (\d+), repeat (\d)/g)].map(
      ([, size, repeat]) => `${size}/${repeat}`,
    );
    expect(tips.sort()).toEqual(['16/1', '16/2', '32/1', '32/2', '32/3', '4/1', '4/2', '8/1', '8/2']);
  });

  it('puts fitted and grown size side by side, with a heat map where two kinds of dropout are tuned', () => {
    expect(page).toMatch(/<h4>hidden 32<\/h4>[\s\S]*<h4>hidden 128<\/h4>/);
    expect(page).not.toContain('together: the best mean');
    const two = withTwoKindsOfDropout();
    expect(two).toContain('dropout and input_dropout together: the best mean val_loss of each pair');
  });

  it('is the same text every time', () => {
    expect(reportOf(scriptOf())).toBe(page);
  });

  it('asks nothing of any network and runs no script', () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<link rel="stylesheet"|@import|\son\w+=|(?:src|href)="(?!#|data:,")/);
    expect(page.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(/https?:\/\//);
  });

  it('shows the config line by line', () => {
    const config = page.slice(page.indexOf('The config, with everything said'));
    expect(config).toMatch(/<pre[^>]*>\{\n {2}&quot;trainer&quot;: &quot;mlp&quot;,\n/);
    expect(config).not.toContain('\ufffd');
  });

  it('leaves nothing undefined in sight', () => {
    expect(page).not.toMatch(/undefined|NaN|\[object|null</);
  });

  it('shows names from data and config as names and nothing else', () => {
    const evil = '<script>alert(1)</script>';
    const script = scriptOf();
    const { data } = script.facts;
    if (data === null) throw new Error('the script has data');
    const facts = {
      ...script.facts,
      name: evil,
      data: { ...data, classes: [evil, '"><img src=x onerror=alert(1)>'] },
    };
    const attacked = reportOf({ ...script, facts });
    expect(attacked).not.toMatch(/<script|<img/);
    expect(attacked).toContain('<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>');
    expect(attacked).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;');
  });

  it('keeps hostile parameter and metric names out of the pictures too', () => {
    const evil = '"><script>alert(1)</script>';
    const settings = [1, 2, 3].map((value) => specOf({ [evil]: value, plain: `${evil}${value}` }));
    const events = dated([
      {
        type: 'campaign-started',
        ...factsOf({ parameters: [evil, 'plain'], metric: { name: evil, goal: 'minimize' } }),
      },
      planned('search', settings),
      ...settings.flatMap((spec, i) => finished(spec, { [evil]: i })),
    ]);
    const attacked = reportHtml(stateAfter(events).campaign, '1.2.3');
    expect(attacked).not.toContain('<script');
    expect(attacked.match(/<svg/g)?.length).toBeGreaterThan(2);
  });

  it('tells a grid by its ranking', () => {
    const grid = reportOf(scriptOf({ method: 'grid', sizes: [4, 8, 16] }));
    expect(chaptersOf(grid)).toEqual([
      'asked',
      'data',
      'search',
      'curves',
      'parameters',
      'parallel',
      'history',
      'test',
      'errors',
      'warnings',
      'decisions',
      'timeline',
      'reproduce',
    ]);
    expect(grid).not.toMatch(/undefined|NaN|\[object/);
  });

  it('says what is most often taken for what, with a square of all classes against each other', () => {
    expect(page).toContain('<h3>Most often ‘1’ is taken for ‘0’ (3 of 80).</h3>');
    expect(page).toContain('<b>true 1, predicted 0: 3 of 80 (3.8 %)</b>');
    expect(page).toContain('Of 200 test rows the choice gets 5 wrong and the best without dropout 10.');
  });

  it('draws the most frequent mistakes alone where classes are many', () => {
    const classes = Array.from({ length: 120 }, (_, k) => `species ${k}`);
    const mistakes = Array.from(
      { length: 300 },
      (_, k): Mistake => [k % 120, (k + 1) % 120, 1 + (k === 0 ? 4 : 0)],
    );
    const many = reportOf(
      testedWith(
        { kind: 'confusion', rows: classes.map(() => 10), right: classes.map(() => 7), mistakes },
        classes,
      ),
    );
    expect(many).toContain('<h3>Most often ‘species 0’ is taken for ‘species 1’ (5 of 10).</h3>');
    expect(many).toContain('<b>true species 0, predicted species 1: 5 of 10</b>');
    expect(many).toContain('The 100 most frequent mistakes, as a table');
  });

  it('says how far numbers are off, and to which side they lean', () => {
    const quantiles = [
      [0, -2],
      [0.05, -1],
      [0.5, 3],
      [0.9, 8],
      [0.95, 9],
      [1, 10],
    ] as const;
    const distances = [
      [0, 0],
      [0.05, 1],
      [0.5, 4],
      [0.9, 8],
      [0.95, 9],
      [1, 10],
    ] as const;
    const numbers = reportOf(
      testedWith(
        {
          kind: 'residuals',
          rows: 50,
          quantiles,
          distances,
          points: [
            [10, 12],
            [20, 10],
          ],
        },
        null,
      ),
    );
    expect(numbers).toContain(
      'Of 50 test rows, distances from the truth are below 4 for half of the rows, below 8 for ' +
        'nine in ten, and 10 at most. Predictions lean low, by 3 in the median.',
    );
    expect(numbers).toContain('<b>true 20, predicted 10, off by 10</b>');
  });

  it('says so where the journal is of before errors were recorded', async () => {
    const events: StoredEntry[] = [];
    const path = fileURLToPath(
      new URL('../../journal/fixtures/format-1-without-test-errors.jsonl', import.meta.url),
    );
    for await (const entry of readEntries(path, parseCampaignEvent)) events.push(entry);
    const old = reportHtml(stateAfter(events).campaign, '1.2.3');
    expect(chaptersOf(old)).toContain('errors');
    expect(old).toContain('Which test rows it got wrong was not recorded');
    expect(old).toContain('On the test part, accuracy is 1 (0.7575 to 1).');
  });

  it('says so where nothing fits', () => {
    const nothing = reportOf(scriptOf({ fits: Number.POSITIVE_INFINITY }));
    expect(nothing).toContain('nothing fits');
    expect(nothing).not.toMatch(/undefined|NaN|\[object/);
  });

  it('can be written at any moment of a campaign', () => {
    const events = [...scriptedEvents(scriptOf({ epochs: 4 }))];
    let { campaign } = stateAfter([]);
    for (const [i, { event }] of events.entries()) {
      campaign = evolve(campaign, event);
      if (i % 97 !== 0) continue;
      const early = reportHtml(campaign, '1.2.3');
      expect(early).toContain('is not concluded yet');
      expect(early).not.toMatch(/undefined|NaN|\[object|Infinity/);
    }
  });

  it('stays below 2 MB with a thousand trials', () => {
    const many = scriptOf({
      method: 'grid',
      sizes: [4, 8, 16, 32, 64, 128, 256, 512],
      rates: Array.from({ length: 12 }, (_, i) => i / 20),
      learningRates: [0.001, 0.002, 0.003, 0.005, 0.01, 0.02],
      repeats: { first: 1, most: 12 },
      epochs: 3,
    });
    const { campaign } = stateAfter(scriptedEvents(many));
    expect(campaign.asked.size).toBeGreaterThan(1000);
    expect(Buffer.byteLength(reportHtml(campaign, '1.2.3'))).toBeLessThan(2e6);
  });
});
