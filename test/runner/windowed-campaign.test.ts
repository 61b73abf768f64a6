import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Settled } from '../../src/campaign/trial.js';
import { simulate } from '../../src/forecast/simulate.js';
import { noLatency, secondsOf } from '../../src/forecast/time-model.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { emptyFolder } from '../support/command-line.js';
import { landscape } from '../support/landscape.js';
import { eventsOfTrial, playOut } from '../support/play-out.js';
import { runWindowed } from '../support/windowed-campaign.js';
import { windowedSearch } from '../support/windowed-search.js';

/** Processes that are killed; `npm run soak:windowed` kills 50. */
const kills = Number(process.env.FITFIRST_KILLS ?? 6);

const program = fileURLToPath(new URL('run-windowed.ts', import.meta.url));

async function wholeCampaign(slots = 1, order = 1): Promise<string> {
  await using folder = await emptyFolder();
  return await runWindowed(folder.path, slots, order);
}

/** Runs the campaign in a process that is killed after this number of events; false if it had ended before. */
async function runAndKill(folder: string, slots: number, order: number, after: number): Promise<boolean> {
  const words = ['--import', 'tsx', program, folder, String(slots), String(order)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let events = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    events += 1;
    if (events === after) child.kill('SIGKILL');
  }
  const [, signal] = await exit;
  return signal === 'SIGKILL';
}

describe('a method that asks ahead by a window', () => {
  it('is given the answers up to a window ago, whatever else is known', () => {
    for (const window of [1, 3, 8]) {
      const known: number[] = [];
      const onProposal = (index: number, answers: readonly Settled[]): void => {
        known[index] = answers.length;
        expect(answers.map(({ number }) => number)).toEqual(answers.map((_, i) => i + 1));
      };
      playOut(windowedSearch({ trials: 20, window, epochs: 1, onProposal }), landscape());
      expect(known).toEqual(Array.from({ length: 20 }, (_, index) => Math.max(0, index - window + 1)));
    }
  });

  it('starts once, however many trials it asks for', () => {
    let starts = 0;
    const onStart = (): void => {
      starts += 1;
    };
    playOut(windowedSearch({ trials: 500, window: 8, epochs: 1, onStart }), landscape());
    expect(starts).toBe(1);
  });

  it('leaves the same bytes for 1, 2 and 4 workers, whatever finishes first', async () => {
    const want = await wholeCampaign();
    expect(want).toContain('The best of all is chosen.');
    for (const slots of [1, 2, 4]) {
      for (const order of [2, 3]) expect(await wholeCampaign(slots, order)).toBe(want);
    }
  });

  it('says its reason once', async () => {
    const summary = await wholeCampaign();
    expect(summary.split('Each setting is drawn near').length).toBe(2);
  });

  it('leaves the same bytes when its journal is cut in 50 places', async () => {
    const want = await wholeCampaign();
    await using folder = await emptyFolder();
    const whole = join(folder.path, 'whole');
    await runWindowed(whole, 4, 5);
    const journal = await readFile(join(whole, 'journal.jsonl'));
    const cuts = keyedStream('cuts');
    for (let cut = 0; cut < 50; cut++) {
      const path = join(folder.path, `cut-${cut}`);
      await cp(whole, path, { recursive: true });
      await truncate(join(path, 'journal.jsonl'), cuts.below(journal.length));
      expect(await runWindowed(path, 1 + (cut % 4), cut), `cut ${cut}`).toBe(want);
    }
  }, 300_000);

  it('leaves the same bytes when its process is killed again and again', async () => {
    const want = await wholeCampaign();
    await using folder = await emptyFolder();
    const after = keyedStream('kills');
    // A campaign may end before the last kill, since a busy machine kills late. Then another one goes on.
    for (let killed = 0, round = 1; killed < kills; round++) {
      const path = join(folder.path, `round-${round}`);
      while (killed < kills && (await runAndKill(path, 2, killed, 4 + after.below(9)))) killed += 1;
      expect(await runWindowed(path, 4, 9)).toBe(want);
    }
  }, 600_000);

  it('ends at the same trial for any number of workers where its budget does, and goes on from there', async () => {
    const want = await wholeCampaign();
    const spent = new Set<string>();
    for (const slots of [1, 2, 4]) {
      await using folder = await emptyFolder();
      spent.add(await runWindowed(folder.path, slots, slots, undefined, 50));
      expect(await runWindowed(folder.path, slots, slots)).toBe(want);
    }
    expect(spent.size).toBe(1);
  });

  it('is forecast with its window: as many workers as it is wide are busy, and more are idle', () => {
    const method = windowedSearch({ trials: 64, window: 8, epochs: 1 });
    const start = playOut(method, landscape(), eventsOfTrial, 0);
    const world = landscape();
    const input = { method, start, maxTrials: Number.POSITIVE_INFINITY };
    const simulation = simulate(input, (spec) => ({ reason: 'complete', reports: world(spec) }));
    const clock = { trial: () => 1, latency: noLatency };
    expect(simulation.trials).toHaveLength(65);
    const seconds = [1, 2, 4, 8, 16].map((slots) => secondsOf(simulation, clock, slots));
    // The network that is handed over takes a second of its own.
    expect(seconds).toEqual([65, 33, 17, 9, 9]);
  });
});
