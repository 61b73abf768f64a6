import { expect, test } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import { trialRows, trialsCsv } from '../../../src/views/tables/trials-table.js';
import { dated, factsOf, finished, keyOf, planned, specOf } from '../campaigns.js';
import { after, scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

const begin = (parameters: readonly string[]): CampaignEvent => ({
  type: 'campaign-started',
  ...factsOf({ parameters }),
});

test('a row stands for each asked trial, in asked order, with the metrics of its best epoch', () => {
  const [a, b] = [specOf({ hidden: 4 }), specOf({ hidden: 8 })];
  const events = [
    begin(['hidden']),
    planned('search', [a, b]),
    ...finished(b, { val_loss: 0.5, train_loss: 0.4 }),
    ...finished(a, { val_loss: 0.3, train_loss: 0.25 }, { val_loss: 0.35, train_loss: 0.125 }),
  ];
  expect(trialsCsv(after(dated(events)).campaign)).toBe(
    [
      'trial,stage,state,hidden,repeat,epochs,best_epoch,train_loss,val_loss,reason',
      '1,search,finished,4,1,2,1,0.25,0.3,complete',
      '2,search,finished,8,1,1,1,0.4,0.5,complete',
      '',
    ].join('\n'),
  );
});

test('a campaign that judges by the last epoch shows the metrics of the last', () => {
  const spec = specOf({ hidden: 4 });
  const events: CampaignEvent[] = [
    { type: 'campaign-started', ...factsOf({ checkpoint: 'last' }) },
    planned('search', [spec]),
    ...finished(spec, { val_loss: 0.3 }, { val_loss: 0.35 }),
  ];
  expect(trialsCsv(after(dated(events)).campaign)).toContain('1,search,finished,4,1,2,1,0.35,complete\n');
});

test('every way to end has its state and reason', () => {
  const specs = [1, 2, 3, 4, 5].map((hidden) => specOf({ hidden }));
  const [diverged, failed, stopped, running] = specs.map((spec) => ({ trial: keyOf(spec), attempt: 1 }));
  if (!diverged || !failed || !stopped || !running) throw new Error('five specs have five keys');
  const events: CampaignEvent[] = [
    begin(['hidden']),
    planned('search', specs),
    { type: 'trial-started', ...diverged },
    { type: 'trial-reported', ...diverged, report: { epoch: 1, metrics: { val_loss: 9 } } },
    { type: 'trial-reported', ...diverged, report: { epoch: 2, metrics: { val_loss: Number.NaN } } },
    { type: 'trial-diverged', ...diverged, epoch: 2 },
    { type: 'trial-started', ...failed },
    { type: 'trial-failed', ...failed, code: 'timeout', message: 'took too long, says the log' },
    { type: 'trial-started', ...stopped },
    { type: 'trial-stopped', trial: stopped.trial, reason: 'person' },
    { type: 'trial-started', ...running },
    { type: 'trial-reported', ...running, report: { epoch: 1, metrics: { val_loss: 7 } } },
  ];
  expect(trialsCsv(after(dated(events)).campaign)).toBe(
    [
      'trial,stage,state,hidden,repeat,epochs,best_epoch,val_loss,reason',
      '1,search,diverged,1,1,2,1,9,',
      '2,search,failed,2,1,0,,,timeout',
      '3,search,stopped,3,1,0,,,person',
      '4,search,running,4,1,,,,',
      '5,search,waiting,5,1,,,,',
      '',
    ].join('\n'),
  );
});

test('values of every kind are cells: lists as JSON, text that looks like a formula made harmless', () => {
  const parameters = ['hidden', 'activation', 'bias', 'shift'];
  const spec = specOf({ hidden: [64, 32], activation: '=cmd()', bias: false, shift: -0.5 });
  const text = trialsCsv(after(dated([begin(parameters), planned('search', [spec])])).campaign);
  expect(text).toContain(`1,search,waiting,"[64,32]",'=cmd(),false,-0.5,1,,,\n`);
});

test('columns never share a name', () => {
  const spec = specOf({ epochs: 10, rate: 1 });
  const events = [
    begin(['epochs', 'rate']),
    planned('search', [spec]),
    ...finished(spec, { rate: 2, val_loss: 3 }),
  ];
  expect(trialsCsv(after(dated(events)).campaign)).toBe(
    'trial,stage,state,parameter_epochs,rate,repeat,epochs,best_epoch,metric_rate,val_loss,reason\n' +
      '1,search,finished,10,1,1,1,1,2,3,complete\n',
  );
});

test('trials that only ride along are invisible', () => {
  const [asked, ahead] = [specOf({ hidden: 4 }), specOf({ hidden: 8 })];
  const alone = [begin(['hidden']), planned('search', [asked]), ...finished(asked, { val_loss: 1 })];
  const along = [
    begin(['hidden']),
    planned('search', [asked], [ahead]),
    ...finished(ahead, { val_loss: 2, other: 3 }),
    ...finished(asked, { val_loss: 1 }),
  ];
  expect(trialsCsv(after(dated(along)).campaign)).toBe(trialsCsv(after(dated(alone)).campaign));
});

test('the number of workers changes nothing', () => {
  const texts = [1, 2, 16].map((slots) => trialsCsv(after(scriptedEvents(scriptOf({ slots }))).campaign));
  expect(texts[1]).toBe(texts[0]);
  expect(texts[2]).toBe(texts[0]);
});

test('the row of a trial follows its state, and no other row does', () => {
  const specs = [specOf({ hidden: 4 }), specOf({ hidden: 8 })];
  const [first = specOf({}), second = specOf({})] = specs;
  const events = dated([
    begin(['hidden']),
    planned('search', specs),
    ...finished(first, { val_loss: 1 }),
    ...finished(second, { val_loss: 1 }),
  ]);
  const before = [...trialRows(after(events.slice(0, 5)).campaign)];
  const { campaign } = after(events);
  const rows = [...trialRows(campaign)];
  expect([...trialRows(campaign)]).toEqual(rows);
  expect(rows[1]).toEqual(before[1]);
  expect(rows[2]).not.toEqual(before[2]);
});
