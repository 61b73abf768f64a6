import { beforeEach, expect, test, vi } from 'vitest';
import type { TrialKey, TrialSpec } from '../../../../src/campaign/trial.js';
import type { LogTail } from '../../../../src/views/log-tail.js';
import { mountScreen } from '../../../../src/views/screen/terminal/mount-screen.js';
import { ManualClock } from '../../clocks.js';
import { ScriptedSource, scriptedEvents } from '../../scripted-campaign.js';
import { scriptOf } from '../../scripts.js';
import { notedCommands } from '../drawn.js';
import { EmulatedTerminal } from '../emulated-terminal.js';
import { FakeKeyboard } from '../fake-keyboard.js';

vi.hoisted(() => {
  process.env.CI = 'false'; // in CI the library that draws does not draw
});

const events = [...scriptedEvents(scriptOf())];
const source = { current: new ScriptedSource() };

beforeEach(() => {
  source.current = new ScriptedSource();
});

interface MountOptions {
  readonly keyboard?: FakeKeyboard;
  readonly logTail?: (trial: TrialKey) => LogTail | null;
}

function mounted({ keyboard = new FakeKeyboard(), logTail = () => null }: MountOptions = {}) {
  const terminal = new EmulatedTerminal(80, 24);
  terminal.write('$ fitfirst run digits.yaml\n');
  const clock = new ManualClock();
  const commands = notedCommands();
  const failures: unknown[] = [];
  const streams = { stdin: keyboard.asStream(), stdout: terminal.asStream() };
  const view = mountScreen(source.current, commands, streams, {
    clock,
    colour: false,
    plainSigns: false,
    logTail,
    onFailure: (error) => failures.push(error),
  });
  const shown = async (): Promise<string> => (await terminal.screen()).join('\n');
  /** Resolves with the screen when this text stands on it. */
  const showing = async (text: string): Promise<string> => {
    await vi.waitFor(async () => expect(await shown()).toContain(text));
    return shown();
  };
  return { terminal, clock, commands, keyboard, view, failures, shown, showing };
}

const before = '$ fitfirst run digits.yaml';

test('what was on the terminal comes back at the end, and nothing of the screen stays', async () => {
  const { terminal, clock, view, shown } = mounted();
  expect(await terminal.isAlternate()).toBe(true);
  for (let i = 0; i < events.length; i += 100) {
    source.current.play(...events.slice(i, i + 100));
    clock.pass(1000);
  }
  await vi.waitFor(async () => expect(await shown()).toContain('48/48 trials'));
  view.unmount();
  expect(await terminal.isAlternate()).toBe(false);
  expect(await terminal.everything()).toBe(before);
});

test('a terminal that changes its size shows one frame, and keeps none in what has scrolled up', async () => {
  const { terminal, clock, view, shown } = mounted();
  const sizes = [
    [40, 24],
    [120, 40],
    [60, 10],
    [200, 60],
    [30, 5],
    [80, 24],
  ] as const;
  for (const [i, [columns, rows]] of sizes.entries()) {
    source.current.play(...events.slice(i * 150, (i + 1) * 150));
    clock.pass(1000);
    terminal.resize(columns, rows);
    expect((await shown()).match(/digits/g)).toHaveLength(1);
  }
  view.unmount();
  expect((await terminal.everything()).replaceAll('\n', '')).toBe(before);
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
  const [exits, continues] = [process.listenerCount('exit'), process.listenerCount('SIGCONT')];
  const { terminal, clock, keyboard, view } = mounted();
  expect(keyboard.raw).toBe(true);
  source.current.play(...events.slice(0, 10));
  view.unmount();
  view.unmount();
  expect(source.current.listeners).toBe(0);
  expect(clock.waiting).toBe(0);
  expect(keyboard.raw).toBe(false);
  expect(terminal.listenerCount('resize')).toBe(0);
  expect(process.listenerCount('exit')).toBe(exits);
  expect(process.listenerCount('SIGCONT')).toBe(continues);
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

test('so it is when the keyboard can no longer be read', async () => {
  const { terminal, keyboard } = mounted();
  source.current.play(...events.slice(0, 100));
  keyboard.emit('error', Object.assign(new Error('read EIO'), { code: 'EIO' }));
  expect(source.current.listeners).toBe(0);
  expect(await terminal.everything()).toBe(before);
});

test('a screen that fails gives the terminal back, tells why, and the campaign goes on', async () => {
  const logTail = (): never => {
    throw new Error('made up to fail');
  };
  const { terminal, clock, keyboard, failures } = mounted({ logTail });
  source.current.play(...events.slice(0, 100));
  clock.pass(1000);
  keyboard.press('\r');
  await vi.waitFor(() => expect(failures).toHaveLength(1));
  expect(failures).toEqual([expect.objectContaining({ message: 'made up to fail' })]);
  expect(await terminal.everything()).toBe(before);
  expect(keyboard.raw).toBe(false);
  expect(source.current.listeners).toBe(0);
  source.current.play(...events.slice(100));
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

test('keys that come together are keys all the same', async () => {
  const { keyboard, commands, shown, view } = mounted();
  source.current.play(...events.slice(0, 100));
  keyboard.press('ph?');
  expect(await shown()).toContain('pause: no new trials start');
  expect(commands.noted).toEqual(['pause']);
  view.unmount();
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

test('Enter shows the parameters, metrics, curve and log of the selected trial', async () => {
  const { keyboard, clock, showing, view } = mounted({
    logTail: () => ({
      path: 'results/digits/logs/a.log',
      lines: ['\u001b[32mreading\u001b[39m\trows\r', '10 %\r99 %'],
    }),
  });
  source.current.play(...events.slice(0, 100));
  clock.pass(1000);
  for (const key of [down, '\r']) keyboard.press(key);
  const text = await showing('batch_size        32');
  expect(text).toContain('train_accuracy by epoch');
  expect(text).toMatch(/repeat 1 · 40 epochs · running/);
  expect(text).toContain('the end of results/digits/logs/a.log');
  expect(text).toContain('reading    rows');
  expect(text).toContain('99 %');
  expect(text).not.toContain('10 %');
  view.unmount();
});

test('f shows why trials failed, and where their logs are, the last to fail first', async () => {
  const script = scriptOf({ method: 'grid', rates: [0] });
  const broken = ({ parameters }: TrialSpec): boolean => Number(parameters.hidden) >= 64;
  const fate = (spec: TrialSpec): 'failed' | undefined => (broken(spec) ? 'failed' : undefined);
  const { keyboard, clock, shown, showing, view } = mounted({
    logTail: (trial) => ({ path: `logs/${trial.slice(0, 12)}.log`, lines: [`printed by ${trial}`] }),
  });
  source.current.play(...scriptedEvents({ ...script, fate }));
  clock.pass(1000);
  const [earlier, last] = source.current.getSnapshot().timing.failures.keys();
  await showing('f 2 failed');
  keyboard.press('f');
  const text = await showing('error. made up to fail');
  expect(text).toContain(`the end of logs/${last?.slice(0, 12)}.log`);
  expect(text).toContain(`printed by ${last}`);
  expect(text).toContain('failed 1 of 2');
  keyboard.press(down);
  await vi.waitFor(async () => expect(await shown()).toContain(`printed by ${earlier}`));
  keyboard.press('\u001b');
  await vi.waitFor(async () => expect(await shown()).not.toContain('made up to fail · '));
  view.unmount();
});

test('a finished trial is found with a filter and opened, even if all keys come at once', async () => {
  const { keyboard, clock, commands, shown, showing, view } = mounted();
  source.current.play(...events.slice(0, 900));
  clock.pass(1000);
  keyboard.press('t/fits q');
  expect(await showing('no trial matches the filter')).toContain('/fits q');
  keyboard.press('\u007f');
  await vi.waitFor(async () => expect(await shown()).toMatch(/Trials: \d of \d+ · by trial · filter "fits /));
  keyboard.press('\r');
  keyboard.press('\r');
  await vi.waitFor(async () => expect(await shown()).toMatch(/attempt 1 {2}finished after 00:0\d/));
  expect(await shown()).toContain('train_accuracy by epoch');
  expect(commands.noted).toEqual([]);
  view.unmount();
});

test('the question names the trial, and a pause stands in the header', async () => {
  const { keyboard, clock, shown, showing, view } = mounted();
  source.current.play(...events.slice(0, 100));
  source.current.drive({ state: 'paused' });
  clock.pass(1000);
  expect((await showing('paused')).split('\n')[0]).toContain('digits · fit first · paused');
  keyboard.press(down);
  keyboard.press('k');
  await vi.waitFor(async () => expect(await shown()).toMatch(/Stop #\d \(hidden \d+, repeat 1\) for good\?/));
  view.unmount();
});

test('h shows all that happened, and the arrows scroll in it', async () => {
  const { keyboard, clock, shown, showing, view } = mounted();
  source.current.play(...events.slice(0, 900));
  clock.pass(1000);
  keyboard.press('h');
  const end = await showing('dropout: hidden 32 is the smallest size that fits');
  expect(end).not.toContain('the network grows until it fits');
  keyboard.press('\u001b[H');
  await vi.waitFor(async () => expect(await shown()).toContain('the network grows until it fits'));
  keyboard.press('h');
  await vi.waitFor(async () => expect(await shown()).toContain('Running'));
  view.unmount();
});

test('what others print meanwhile stays out of the screen and comes after it', async () => {
  const { terminal, clock, shown, showing, view } = mounted();
  source.current.play(...events.slice(0, 900));
  clock.pass(1000);
  const drawn = await showing('digits');
  const stdout = terminal.asStream();
  for (let i = 1; i <= 30; i++) stdout.write(`line ${i}\n`);
  stdout.write(Buffer.from('no end'));
  expect(await shown()).toBe(drawn);
  view.unmount();
  const text = await terminal.everything();
  expect(text).toContain('Printed meanwhile (the last 20 of 31 lines):\nline 12\n');
  expect(text).toMatch(/line 30\nno end$/);
  stdout.write(' and after');
  expect(await terminal.everything()).toMatch(/ and after$/);
});

test('Ctrl-L redraws everything if something else has written on the screen', async () => {
  const { terminal, keyboard, clock, shown, showing, view } = mounted();
  source.current.play(...events.slice(0, 900));
  clock.pass(1000);
  const drawn = await showing('digits');
  terminal.disturb('\u001b[3;1Hsomething else');
  expect(await shown()).toContain('something else');
  keyboard.press('\u000c');
  expect(await shown()).toBe(drawn);
  view.unmount();
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

test('without a keyboard the screen is drawn all the same', async () => {
  const { clock, shown, showing, view } = mounted({ keyboard: FakeKeyboard.missing() });
  source.current.play(...events.slice(0, 900));
  clock.pass(1000);
  await showing('grow');
  expect(await shown()).not.toContain('ERROR');
  view.unmount();
});
