import { expect, test } from 'vitest';
import { type EpochsWritten, epochsAddition, epochsCsv } from '../../../src/views/tables/epochs-table.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { after, scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

test('the learning curves stand in asked order, whichever trial ended first', () => {
  const [a, b] = [specOf({ hidden: 4 }), specOf({ hidden: 8 })];
  const events = [
    { type: 'campaign-started', ...factsOf() } as const,
    planned('search', [a, b]),
    ...finished(b, { val_loss: 3, train_loss: 2 }),
    ...finished(a, { val_loss: 1 }, { val_loss: -0.5, extra: Number.NaN }),
  ];
  expect(epochsCsv(after(dated(events)).campaign)).toBe(
    'trial,epoch,extra,train_loss,val_loss\n1,1,,,1\n1,2,,,-0.5\n2,1,,2,3\n',
  );
});

test('a long trial is written in pieces that make the same file', () => {
  const events = [
    { type: 'campaign-started', ...factsOf() } as const,
    planned('search', [specOf({ hidden: 4 }), specOf({ hidden: 8 })]),
    ...finished(specOf({ hidden: 4 }), ...Array.from({ length: 11 }, (_, i) => ({ val_loss: 1 / i }))),
    ...finished(specOf({ hidden: 8 }), { val_loss: 3 }, { val_loss: 2 }),
  ];
  const { campaign } = after(dated(events));
  for (const maxRows of [1, 2, 5, 11, 12]) {
    let file = '';
    let written: EpochsWritten | null = null;
    for (let isComplete = false; !isComplete; ) {
      const addition = epochsAddition(campaign, written, maxRows);
      expect(addition.text.split('\n').length).toBeLessThanOrEqual(maxRows + 2);
      file += addition.text;
      ({ written, isComplete } = addition);
    }
    expect(file).toBe(epochsCsv(campaign));
  }
});

test('a file that grows with the campaign ends like one that is written at the end', () => {
  const events = [...scriptedEvents(scriptOf({ slots: 4 }))];
  let file = '';
  let written: EpochsWritten | null = null;
  let rewritten = 0;
  for (let n = 0; n <= events.length; n += 50) {
    const { campaign } = after(events.slice(0, Math.min(n, events.length)));
    const addition = epochsAddition(campaign, written);
    file = addition.rewrites ? addition.text : file + addition.text;
    rewritten += addition.rewrites ? 1 : 0;
    written = addition.written;
  }
  const { campaign } = after(events);
  file += epochsAddition(campaign, written).text;
  expect(file).toBe(epochsCsv(campaign));
  expect(rewritten).toBe(2);
});
