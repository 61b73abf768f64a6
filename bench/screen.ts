/**
 * What the live screen costs: a made-up campaign with 16 running trials is played for some seconds, once on the screen
 * and once on none, and the difference in processor time is the screen's. `npm run bench:screen [seconds]`.
 */
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ViewStreams } from '../src/views/view.js';
import { ScriptedSource, scriptedEvents } from '../test/views/scripted-campaign.js';
import { scriptOf } from '../test/views/scripts.js';

process.env.NODE_ENV = 'production'; // as the program sets it for its screen
process.env.CI = 'false'; // in CI the library that draws does not draw
const { mountScreen } = await import('../src/views/screen/terminal/mount-screen.js');

const seconds = Number(process.argv[2] ?? 10);
const SLOTS = 16;

/** Plays the campaign at its own pace; gives the processor time that it took, in milliseconds. */
async function play(streams: ViewStreams | null): Promise<number> {
  const source = new ScriptedSource({ slots: SLOTS, state: 'running', message: null });
  const script = scriptOf({ slots: SLOTS, method: 'grid', learningRates: [0.001, 0.003, 0.01], epochs: 400 });
  const commands = { togglePause() {}, drain() {}, stopNow() {}, stopTrial() {} };
  const view = streams === null ? null : mountScreen(source, commands, streams);
  const before = process.cpuUsage();
  const began = performance.now();
  let first: number | null = null;
  for (const entry of scriptedEvents(script)) {
    first ??= Date.parse(entry.at);
    const due = Date.parse(entry.at) - first;
    if (due > seconds * 1000) break;
    const wait = due - (performance.now() - began);
    if (wait > 1) await sleep(wait);
    source.play(entry);
  }
  const { user, system } = process.cpuUsage(before);
  view?.unmount();
  return (user + system) / 1000;
}

/** A terminal that takes everything. */
function terminal(columns: number, rows: number): { readonly streams: ViewStreams; bytes: number } {
  const counted = { bytes: 0 };
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      counted.bytes += chunk.length;
      done();
    },
  });
  const stdout = Object.assign(sink, { columns, rows, isTTY: true }) as unknown as NodeJS.WriteStream;
  return Object.assign(counted, { streams: { stdin: process.stdin, stdout } });
}

await play(null); // warm

const without = await play(null);
for (const [columns, rows] of [
  [80, 24],
  [120, 40],
  [160, 50],
] as const) {
  const drawn = terminal(columns, rows);
  const share = ((await play(drawn.streams)) - without) / (seconds * 1000);
  const rate = Math.round(drawn.bytes / seconds / 1000);
  process.stdout.write(
    `${columns} x ${rows}, ${SLOTS} running trials: ${(100 * share).toFixed(1)} % of a core, ${rate} kB/s\n`,
  );
}
