import { expect, test } from 'vitest';
import { throttledSource } from '../../src/views/throttled-source.js';
import { ManualClock } from './clocks.js';
import { ScriptedSource, scriptedEvents } from './scripted-campaign.js';
import { scriptOf } from './scripts.js';

const events = [...scriptedEvents(scriptOf())];

function heard() {
  const source = new ScriptedSource();
  const clock = new ManualClock();
  const throttled = throttledSource(source, clock, 100);
  const sizes: number[] = [];
  throttled.subscribe(() => sizes.push(throttled.getSnapshot().timing.attempts.size));
  return { source, clock, throttled, sizes };
}

test('the first change is heard at once, later ones together, the last one never lost', () => {
  const { source, clock, throttled, sizes } = heard();
  source.play(...events.slice(0, 3));
  expect(sizes).toEqual([1]);
  for (const entry of events.slice(3, 500)) source.play(entry);
  expect(sizes).toEqual([1]);
  clock.pass(100);
  expect(sizes.length).toBe(2);
  expect(throttled.getSnapshot()).toBe(source.getSnapshot());
});

test('between two hearings the snapshot stands still', () => {
  const { source, clock, throttled } = heard();
  source.play(...events.slice(0, 3));
  const before = throttled.getSnapshot();
  source.play(...events.slice(3, 6));
  expect(throttled.getSnapshot()).toBe(before);
  clock.pass(100);
  expect(throttled.getSnapshot()).not.toBe(before);
});

test('closing tells of what is left', () => {
  const { source, clock, throttled, sizes } = heard();
  source.play(...events.slice(0, 3));
  source.play(...events.slice(3, 500));
  throttled.close();
  expect(sizes.length).toBe(2);
  expect(source.listeners).toBe(0);
  expect(clock.waiting).toBe(0);
});

test('where nothing happens nobody is called', () => {
  const { clock, sizes } = heard();
  clock.pass(10_000);
  expect(sizes).toEqual([]);
});

test('an urgent change is heard at once, with all that came before it', () => {
  const source = new ScriptedSource();
  const clock = new ManualClock();
  const throttled = throttledSource(
    source,
    clock,
    100,
    (heard, latest) => heard.driver.state !== latest.driver.state,
  );
  const states: string[] = [];
  throttled.subscribe(() => states.push(throttled.getSnapshot().driver.state));
  source.play(...events.slice(0, 3));
  source.play(...events.slice(3, 6));
  expect(states).toEqual(['running']);
  source.drive({ state: 'paused' });
  expect(states).toEqual(['running', 'paused']);
  expect(throttled.getSnapshot()).toBe(source.getSnapshot());
  clock.pass(100);
  expect(states).toEqual(['running', 'paused']);
  expect(clock.waiting).toBe(0);
});
