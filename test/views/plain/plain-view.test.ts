import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { mountPlain } from '../../../src/views/plain/plain-view.js';
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

test('things are told as they happen', async () => {
  const source = new ScriptedSource();
  const { stdout, text } = collected();
  const view = mountPlain(source, { stdout });
  for (const entry of events) source.play(entry);
  view.unmount();
  await expect(text()).toMatchFileSnapshot('fixtures/plain.txt');
});

test('a source that tells of many changes at once loses none of the lines', () => {
  const trialsIn = (text: string): string[] => (text.match(/#\d+ [a-z]+/g) ?? []).sort();
  const [often, seldom] = [new ScriptedSource(), new ScriptedSource()];
  const [one, other] = [collected(), collected()];
  const views = [mountPlain(often, one), mountPlain(seldom, other)];
  for (const entry of events) often.play(entry);
  seldom.play(...events);
  for (const view of views) view.unmount();
  expect(trialsIn(one.text()).length).toBeGreaterThan(20);
  expect(trialsIn(other.text())).toEqual(trialsIn(one.text()));
});

test('a campaign that goes on is taken up without telling its past again', () => {
  const source = new ScriptedSource();
  for (const entry of events.slice(0, -40)) source.play(entry);
  const { stdout, text } = collected();
  const view = mountPlain(source, { stdout });
  expect(text().split('\n').length).toBeLessThan(6);
  expect(text()).toMatch(/Going on: \d+ of \d+ trials done\./);
  for (const entry of events.slice(-40)) source.play(entry);
  expect(text()).toContain('#24');
  view.unmount();
});

test('what the driver has to say is said once', () => {
  const source = new ScriptedSource();
  const { stdout, text } = collected();
  const view = mountPlain(source, { stdout });
  source.drive({ message: 'Running trials may finish.', state: 'draining' });
  for (const entry of events.slice(0, 3)) source.play(entry);
  view.unmount();
  expect(text().split('Running trials may finish.').length - 1).toBe(1);
});

test('when the reader is gone the view lets go and the campaign goes on', async () => {
  const source = new ScriptedSource();
  const { stdout } = collected();
  const view = mountPlain(source, { stdout });
  stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await new Promise((resolve) => stdout.on('close', resolve));
  expect(source.listeners).toBe(0);
  for (const entry of events) source.play(entry);
  view.unmount();
});
