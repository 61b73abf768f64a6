import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import { mountPlain } from '../../../src/views/plain/plain-view.js';
import { dated, factsOf, finished, keyOf, planned, specOf } from '../campaigns.js';
import { ManualClock } from '../clocks.js';
import { ScriptedSource, scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

const events = [...scriptedEvents(scriptOf({ sizes: [16, 32], rates: [0, 0.35] }))];

function collected(): { stdout: NodeJS.WriteStream; text: () => string } {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { stdout: stream as unknown as NodeJS.WriteStream, text: () => text };
}

test('entries appear as things happen', async () => {
  const [source, clock] = [new ScriptedSource(), new ManualClock()];
  const { stdout, text } = collected();
  const view = mountPlain(source, { stdout }, clock);
  for (const entry of events) {
    source.play(entry);
    clock.pass(1000);
  }
  view.unmount();
  await expect(text()).toMatchFileSnapshot('fixtures/plain.txt');
});

test('the plan comes after what led to it, however seldom the view looks', () => {
  const lines = (text: string): string[] => text.split('\n').filter((line) => !line.endsWith('done'));
  const withoutNames = (text: string): string[] =>
    lines(text.replaceAll(/: .*repeat \d+: /g, ': ')).sort((a, b) => placeOf(a) - placeOf(b));
  const placeOf = (line: string): number => Number(/#(\d+)/.exec(line)?.[1] ?? 0);
  const often = collected();
  const seldom = collected();
  const clock = new ManualClock();
  const [one, other] = [new ScriptedSource(), new ScriptedSource()];
  const views = [mountPlain(one, often, clock), mountPlain(other, seldom, clock)];
  for (const entry of events) {
    one.play(entry);
    clock.pass(1000);
  }
  other.play(...events);
  for (const view of views) view.unmount();
  expect(withoutNames(seldom.text())).toEqual(withoutNames(often.text()));
  const told = seldom.text();
  expect(told.indexOf('#8 ')).toBeLessThan(told.indexOf('settings of dropout'));
  expect(told.indexOf('settings of dropout')).toBeLessThan(told.indexOf('#9 '));
});

test('a thousand reports a second are looked at ten times', () => {
  const [source, clock] = [new ScriptedSource(), new ManualClock()];
  const { stdout } = collected();
  let looks = 0;
  const counted = {
    subscribe: source.subscribe,
    getSnapshot: () => {
      looks += 1;
      return source.getSnapshot();
    },
  };
  const view = mountPlain(counted, { stdout }, clock);
  for (const entry of events.slice(0, 1000)) {
    source.play(entry);
    clock.pass(1);
  }
  view.unmount();
  expect(looks).toBeLessThanOrEqual(13);
  expect(clock.waiting).toBe(0);
});

test('a resumed campaign does not repeat its past', () => {
  const source = new ScriptedSource();
  source.play(...events.slice(0, -40));
  const { stdout, text } = collected();
  const view = mountPlain(source, { stdout }, new ManualClock());
  expect(text().split('\n').length).toBeLessThan(6);
  expect(text()).toMatch(/Resuming: \d+ of \d+ trials done\./);
  source.play(...events.slice(-40));
  view.unmount();
  expect(text()).toContain('#24');
});

test('what the driver has to say is said once', () => {
  const source = new ScriptedSource();
  const { stdout, text } = collected();
  const view = mountPlain(source, { stdout }, new ManualClock());
  source.drive({ message: 'Running trials may finish.', state: 'draining' });
  for (const entry of events.slice(0, 3)) source.play(entry);
  view.unmount();
  expect(text().split('Running trials may finish.').length - 1).toBe(1);
});

test('when the reader is gone the view lets go and the campaign continues', async () => {
  const source = new ScriptedSource();
  const { stdout } = collected();
  const view = mountPlain(source, { stdout }, new ManualClock());
  stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await new Promise((resolve) => stdout.on('close', resolve));
  expect(source.listeners).toBe(0);
  for (const entry of events) source.play(entry);
  view.unmount();
});

const [one, two] = [specOf({ hidden: 4 }), specOf({ hidden: 8 })];

function told(...steps: readonly (readonly CampaignEvent[])[]): string {
  const [source, clock] = [new ScriptedSource(), new ManualClock()];
  const { stdout, text } = collected();
  const all = dated(steps.flat());
  const view = mountPlain(source, { stdout }, clock);
  let done = 0;
  for (const step of steps) {
    source.play(...all.slice(done, done + step.length));
    done += step.length;
    clock.pass(1000);
  }
  view.unmount();
  return text();
}

const begun: readonly CampaignEvent[] = [
  { type: 'campaign-started', ...factsOf() },
  planned('search', [one, two]),
  { type: 'trial-started', trial: keyOf(one), attempt: 1 },
  { type: 'trial-started', trial: keyOf(two), attempt: 1 },
];

test('an attempt that failed and is made again is reported in one sentence, with the reason', () => {
  const again: CampaignEvent[] = [
    {
      type: 'attempt-failed',
      trial: keyOf(one),
      attempt: 1,
      code: 'signal',
      message: 'The command was ended by SIGKILL.\nThe end of its log:\n  epoch 1',
    },
    { type: 'trial-started', trial: keyOf(one), attempt: 2 },
  ];
  expect(told(begun, again)).toContain(
    '\n  ! #1 will be tried again: hidden 4, repeat 1: attempt 1 failed: The command was ended by SIGKILL.\n',
  );
});

test('so is one that was lost with its worker', () => {
  const lost: CampaignEvent = {
    type: 'attempt-lost',
    trial: keyOf(two),
    attempt: 1,
    message: 'Out of memory.',
  };
  expect(told(begun, [lost])).toContain(
    '\n  ! #2 will be tried again: hidden 8, repeat 1: attempt 1 was lost: Out of memory.\n',
  );
});

test('a trial that failed says why, and that it waits again, even where all of it comes at once', () => {
  const of = { trial: keyOf(one), attempt: 1 } as const;
  const failed: CampaignEvent = {
    type: 'trial-failed',
    ...of,
    code: 'exit',
    message: 'The command exited with code 1: no such file\nThe end of its log:',
  };
  const reopened: CampaignEvent = { type: 'trial-reopened', trial: keyOf(one) };
  const ended = finished(one, { val_loss: 0.5 }).map((event) =>
    'attempt' in event ? { ...event, attempt: 2 } : event,
  );
  const line = '  ! #1 failed: hidden 4, repeat 1: exit. The command exited with code 1: no such file\n';
  const waits =
    '  ! #1 will be tried again: hidden 4, repeat 1: it failed, and no decision rests on ' +
    'that yet: The command exited with code 1: no such file\n';
  const success = '  ✔ #1 finished: hidden 4, repeat 1: val_loss 0.5 at epoch 1 of 1\n';
  expect(told(begun, [failed])).toContain(line);
  expect(told(begun, [failed], [reopened], ended)).toContain(line + waits + success);
  expect(told(begun, [failed, reopened], ended)).toContain(waits + success);
  expect(told(begun, [failed, reopened, ...ended])).toContain(waits + success);
});

test('says once what is a finding and a warning at the same time', () => {
  const because = 'No size in the range fits. The best was train_accuracy 0.9 at hidden 8.';
  const ended: CampaignEvent = {
    type: 'batch-planned',
    stage: 'dropout',
    because: 'Dropout is tuned at hidden 8.',
    trials: [],
    ahead: [],
    findings: [
      { kind: 'fitted', parameters: null, because },
      { kind: 'warning', code: 'nothing-fits', numbers: {}, because },
    ],
  };
  expect(told(begun, [ended]).split(because)).toHaveLength(2);
});

test('a resumed run says how many interrupted trials start over', () => {
  const source = new ScriptedSource();
  source.play(...dated([...begun, { type: 'campaign-resumed' }]));
  const { stdout, text } = collected();
  mountPlain(source, { stdout }, new ManualClock()).unmount();
  expect(text()).toContain('Resuming: 0 of 2 trials done; 2 interrupted trials start over.');
});

test('a speculative trial that the method never asks for is not reported', () => {
  const events: CampaignEvent[] = [
    { type: 'campaign-started', ...factsOf() },
    planned('search', [one], [two]),
    { type: 'trial-started', trial: keyOf(two), attempt: 1 },
    { type: 'attempt-lost', trial: keyOf(two), attempt: 1, message: 'Out of memory.' },
  ];
  expect(told(events)).not.toContain('tried again');
});
