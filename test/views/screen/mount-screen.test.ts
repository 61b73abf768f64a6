import { beforeEach, expect, test, vi } from 'vitest';
import { mountScreen } from '../../../src/views/screen/mount-screen.js';
import { ManualClock } from '../clocks.js';
import { ScriptedSource, scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';
import { FakeKeyboard, FakeTerminal, notedCommands } from './drawn.js';

vi.hoisted(() => {
  process.env.CI = 'false'; // in CI the library that draws does not draw
});

const events = [...scriptedEvents(scriptOf())];
const source = { current: new ScriptedSource() };

beforeEach(() => {
  source.current = new ScriptedSource();
});

function mounted(keyboard = new FakeKeyboard()) {
  const terminal = new FakeTerminal(80, 24);
  const clock = new ManualClock();
  const commands = notedCommands();
  const streams = { stdin: keyboard.asStream(), stdout: terminal.asStream() };
  const view = mountScreen(source.current, commands, streams, { clock, colour: false });
  return { terminal, clock, commands, keyboard, view };
}

test('the last thing that happened is on the screen that stays', () => {
  const { terminal, clock, view } = mounted();
  source.current.play(...events.slice(0, 500));
  clock.pass(1000);
  source.current.play(...events.slice(500));
  source.current.drive({ state: 'ended' });
  terminal.written = [];
  view.unmount();
  const text = terminal.written.join('');
  expect(text).toContain('48/48 trials');
  expect(text).toContain('#48 finished');
  expect(text).not.toContain('p pause');
});

test('the cursor is hidden while the screen is drawn and shown again after', () => {
  const { terminal, view } = mounted();
  source.current.play(...events.slice(0, 10));
  view.unmount();
  const text = terminal.written.join('');
  expect(text.indexOf('\u001b[?25l')).toBeGreaterThanOrEqual(0);
  expect(text.lastIndexOf('\u001b[?25h')).toBeGreaterThan(text.lastIndexOf('\u001b[?25l'));
});

test('unmounting leaves nothing behind: no listener, no timer, no raw keyboard', () => {
  const { terminal, clock, keyboard, view } = mounted();
  expect(keyboard.raw).toBe(true);
  source.current.play(...events.slice(0, 10));
  view.unmount();
  view.unmount();
  expect(source.current.listeners).toBe(0);
  expect(clock.waiting).toBe(0);
  expect(keyboard.raw).toBe(false);
  expect(terminal.listenerCount('resize')).toBe(0);
});

test('a terminal that hangs up is let go of, and the campaign goes on', () => {
  const { terminal, clock } = mounted();
  source.current.play(...events.slice(0, 100));
  terminal.emit('error', Object.assign(new Error('write EIO'), { code: 'EIO' }));
  expect(source.current.listeners).toBe(0);
  source.current.play(...events.slice(100));
  clock.pass(5000);
  terminal.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
});

test('p pauses, q lets running trials finish, and q again stops at once', () => {
  const { keyboard, commands, view } = mounted();
  source.current.play(...events.slice(0, 100));
  keyboard.press('p');
  keyboard.press('q');
  source.current.drive({ state: 'draining' });
  keyboard.press('p');
  keyboard.press('q');
  view.unmount();
  expect(commands.noted).toEqual(['pause', 'drain', 'stop']);
});

const down = '\u001b[B';

test('k stops the selected trial when the answer is yes, and only then', () => {
  const { keyboard, commands, clock, view } = mounted();
  source.current.play(...events.slice(0, 100));
  clock.pass(1000);
  const [trial] = source.current.getSnapshot().timing.open.keys();
  for (const key of ['k', 'y', down, 'k', 'n', 'y', 'k', 'q', 'k', 'y']) keyboard.press(key);
  view.unmount();
  expect(commands.noted).toEqual([`stop ${trial}`]);
});

test('Enter shows the parameters, metrics and curve of the selected trial', () => {
  const { keyboard, terminal, clock, view } = mounted();
  source.current.play(...events.slice(0, 100));
  clock.pass(1000);
  for (const key of [down, '\r']) keyboard.press(key);
  view.unmount();
  const text = terminal.written.join('');
  expect(text).toContain('batch_size        32');
  expect(text).toContain('val_loss by epoch');
  expect(text).toMatch(/attempt 1 · running/);
});

test('who only looks on stops nothing', () => {
  const { keyboard, commands, clock, view } = mounted();
  source.current.play(...events.slice(0, 100));
  source.current.drive({ state: 'watching', slots: null });
  clock.pass(1000);
  for (const key of [down, 'k', 'y']) keyboard.press(key);
  view.unmount();
  expect(commands.noted).toEqual([]);
});

test('Ctrl-C does what q does', () => {
  const { keyboard, commands, view } = mounted();
  keyboard.press('\u0003');
  source.current.drive({ state: 'draining' });
  keyboard.press('\u0003');
  view.unmount();
  expect(commands.noted).toEqual(['drain', 'stop']);
});

test('without a keyboard the screen is drawn all the same', () => {
  const { terminal, clock, view } = mounted(FakeKeyboard.missing());
  source.current.play(...events.slice(0, 900));
  clock.pass(1000);
  view.unmount();
  const text = terminal.written.join('');
  expect(text).toContain('grow');
  expect(text).not.toContain('ERROR');
});

test('a terminal that is made narrower loses all rows that the longer lines take now', () => {
  const { terminal, view } = mounted();
  source.current.play(...events.slice(0, 900));
  const before = terminal.written.join('').split('\n').length;
  terminal.written = [];
  terminal.resize(40, 24);
  const [erasing = ''] = terminal.written;
  const rows = erasing.split('\u001b[1A').length - 1;
  const lines = erasing.split('\n').length - 1;
  expect(lines).toBeGreaterThan(3);
  expect(rows).toBeGreaterThan(lines);
  expect(before).toBeGreaterThan(lines);
  view.unmount();
});

test('a terminal that is made lower keeps what the user did before', () => {
  const { terminal, view } = mounted();
  source.current.play(...events.slice(0, 900));
  terminal.resize(80, 5);
  view.unmount();
  const text = terminal.written.join('');
  for (const clearing of ['\u001b[2J', '\u001b[3J', '\u001bc']) expect(text).not.toContain(clearing);
});
