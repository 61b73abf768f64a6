/**
 * Plays a made-up campaign on the real screen, for eyes: `npx tsx test/views/demo.ts [options]`.
 * Options, as `name=value`: slots, sizes, rates, learningRates (lists with commas), most, method, fits, epochs, speed
 * (times as fast as the made-up time), until (stop after a number of events and stay), plain.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { elapsedSeconds } from '../../src/views/model/timing.js';
import { mountPlain } from '../../src/views/plain/plain-view.js';
import { mountScreen } from '../../src/views/screen/terminal/mount-screen.js';
import { finalSummary } from '../../src/views/summary/final-summary.js';
import { ScriptedSource, scriptedEvents } from './scripted-campaign.js';
import { scriptOf } from './scripts.js';

const options = new Map(process.argv.slice(2).map((word) => word.split('=', 2) as [string, string]));
const number = (name: string, otherwise: number): number => Number(options.get(name) ?? otherwise);
const list = (name: string): { [key: string]: number[] } => {
  const text = options.get(name);
  return text === undefined ? {} : { [name]: text.split(',').map(Number) };
};

const slots = number('slots', 2);
const source = new ScriptedSource({ slots, state: 'running', message: null });
const events = scriptedEvents(
  scriptOf({
    slots,
    epochs: number('epochs', 40),
    fits: number('fits', 32),
    method: options.get('method') === 'grid' ? 'grid' : 'fit_first',
    repeats: { first: 1, most: number('most', 4) },
    ...list('sizes'),
    ...list('rates'),
    ...list('learningRates'),
  }),
);
let stopped = false;
const commands = {
  togglePause: () =>
    source.drive({ state: source.getSnapshot().driver.state === 'paused' ? 'running' : 'paused' }),
  drain: () => source.drive({ state: 'draining' }),
  stopTrial: () => {},
  stopNow: () => {
    stopped = true;
  },
};
const speed = number('speed', 1);
const stay = number('until', Number.POSITIVE_INFINITY);
let madeUp: number | undefined;
let began = Date.now();
const clock = {
  now: () => (madeUp ?? 0) + (Date.now() - began),
  after(milliseconds: number, callback: () => void) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
const view = options.has('plain')
  ? mountPlain(source, process)
  : mountScreen(source, commands, process, { clock });
for (const entry of events) {
  const at = Date.parse(entry.at);
  const wait = madeUp === undefined ? 0 : (at - madeUp) / speed;
  if (wait >= 2) await sleep(wait);
  madeUp = at;
  began = Date.now();
  while (source.getSnapshot().driver.state === 'paused') await sleep(50);
  if (stopped) break;
  if (entry.seq >= stay) {
    while (!stopped) await sleep(50);
    break;
  }
  source.play(entry);
}
source.drive({ state: 'ended' });
view.unmount();
const { campaign, timing } = source.getSnapshot();
process.stdout.write(
  finalSummary(campaign, {
    width: process.stdout.columns || 80,
    folder: 'results/digits',
    seconds: elapsedSeconds(timing, timing.last ?? 0),
  }),
);
