import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src/campaign/canonical-json.js';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import { summarise } from '../../../src/views/summary/summary.js';
import { summaryJson } from '../../../src/views/summary/summary-json.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { after, scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

const { campaign } = after(scriptedEvents(scriptOf()));

test('a fit-first campaign is summed up by what it found', () => {
  const summary = summarise(campaign);
  expect(summary).toMatchObject({
    name: 'digits',
    method: 'fit_first',
    metric: { name: 'val_loss', goal: 'minimize' },
    checkpoint: 'best',
    fitted: { hidden: 32, dropout: 0 },
    grown: { hidden: 128 },
    strict: { hidden: 32, dropout: 0.35 },
    chosen: { hidden: 128, dropout: 0.35 },
    baseline: { hidden: 128, dropout: 0 },
    test: { accuracy: 0.9725, loss: 0.1383 },
    test_intervals: { accuracy: [0.91, 0.985], loss: null },
    baseline_test: { accuracy: 0.9475, loss: 0.1921 },
    redundancy: { chosen: 0.22, baseline: 0.31 },
    fit_ceiling: 1,
    trials: campaign.asked.size,
  });
  expect(summary.gain).toMatchObject({ repeats: 5, detectable: expect.any(Number) });
  expect(summary.warnings.map(({ code }) => code)).toEqual(['at-edge-of-range']);
});

test('the metric is given by the best epoch and by the last', () => {
  const { chosen, baseline } = summarise(campaign).validation;
  expect(chosen?.best).toBeLessThan(chosen?.last ?? 0);
  expect(baseline?.best).toBeLessThan(baseline?.last ?? 0);
});

test('the decisions are in the order in which they were made', () => {
  const { decisions } = summarise(campaign);
  expect(decisions[0]).toMatch(/grows until it fits/);
  expect(decisions.at(-1)).toBe(campaign.conclusion?.because);
  const place = (words: string): number => decisions.findIndex((sentence) => sentence.includes(words));
  expect(place('smallest size that fits.')).toBeLessThan(place('settings of dropout'));
  expect(place('settings of dropout')).toBeLessThan(place('is chosen'));
  expect(decisions.length).toBe(campaign.batches.size + campaign.findings.size + 1);
});

test('the text is the same for any number of workers, and for a campaign read back from its journal', () => {
  const text = summaryJson(summarise(campaign));
  for (const slots of [1, 3, 16]) {
    expect(summaryJson(summarise(after(scriptedEvents(scriptOf({ slots }))).campaign))).toBe(text);
  }
  const readBack = [...scriptedEvents(scriptOf())].map((entry) => JSON.parse(canonicalJson(entry)));
  expect(summaryJson(summarise(after(readBack).campaign))).toBe(text);
});

test(
  'parameters stand in the order of the config, numbers of a warning by name, and numbers ' +
    'that are none are null',
  () => {
    const spec = specOf({ b: 1, a: [2, 3] });
    const events: CampaignEvent[] = [
      { type: 'campaign-started', ...factsOf({ parameters: ['b', 'a'] }) },
      planned('search', [spec]),
      ...finished(spec, { val_loss: 1 }),
      {
        type: 'campaign-concluded',
        kind: 'failed',
        chosen: null,
        because: 'done',
        findings: [
          { kind: 'strict', parameters: { a: [2, 3], b: 1 }, because: 'x' },
          {
            kind: 'gain',
            mean: Number.NaN,
            low: null,
            high: null,
            repeats: 1,
            detectable: null,
            because: 'y',
          },
          { kind: 'warning', code: 'no-interval', numbers: { z: 1, c: 'two' }, because: 'w' },
        ],
      },
    ];
    const text = summaryJson(summarise(after(dated(events)).campaign));
    expect(text).toContain('"strict": {\n    "b": 1,\n    "a": [\n      2,\n      3\n    ]\n  }');
    expect(text).toContain('"mean": null');
    expect(text).toContain('"numbers": {\n        "c": "two",\n        "z": 1\n      }');
    expect(text.endsWith('}\n')).toBe(true);
  },
);

test('a campaign that is not done yet has nulls for what is not known', () => {
  const summary = summarise(after([...scriptedEvents(scriptOf())].slice(0, 20)).campaign);
  expect(summary).toMatchObject({
    fitted: null,
    chosen: null,
    gain: null,
    test: null,
    redundancy: null,
    ties: [],
  });
});

test('a campaign that has not started has no summary', () => {
  expect(() => summarise(after([]).campaign)).toThrow('has not started');
});
