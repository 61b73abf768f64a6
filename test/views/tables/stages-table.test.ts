import { expect, test } from 'vitest';
import { csvText } from '../../../src/views/tables/csv-text.js';
import { stageRows } from '../../../src/views/tables/stages-table.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { after } from '../scripted-campaign.js';

test('a row sums up each setting of each stage, those that may end early apart', () => {
  const until = { metric: 'train_accuracy', goal: 'maximize', bound: 1 } as const;
  const fit = specOf({ hidden: 4 }, { until });
  const repeats = [1, 2].map((repeat) => specOf({ hidden: 4 }, { repeat }));
  const events = [
    { type: 'campaign-started', ...factsOf() } as const,
    planned('grow', [fit]),
    planned('grow', repeats),
    planned('dropout', [...repeats, specOf({ hidden: 8 })]),
    ...finished(fit, { val_loss: 5 }),
    ...repeats.flatMap((spec) => finished(spec, { val_loss: spec.repeat })),
  ];
  expect(csvText(stageRows(after(dated(events)).campaign))).toBe(
    [
      'stage,hidden,epochs,until,repeats,mean,adjusted_mean,standard_error,because',
      'grow,4,10,train_accuracy,1,5,5,,why grow',
      'grow,4,10,,2,1.5,1.5,0.5,why grow',
      'dropout,4,10,,2,1.5,1.5,0.5,why dropout',
      'dropout,8,10,,0,,,,why dropout',
      '',
    ].join('\n'),
  );
});
