import { expect, test, vi } from 'vitest';
import { createLiveSource } from '../../../src/app/live-source.js';
import { createWatchedSource } from '../../../src/app/watched-source.js';
import { emptyCampaign, evolve } from '../../../src/campaign/campaign.js';
import type { CampaignEntry } from '../../../src/campaign/event.js';
import { createControls } from '../../../src/runner/controls.js';
import type { CampaignSource } from '../../../src/views/model/campaign-source.js';
import { mountScreen } from '../../../src/views/screen/terminal/mount-screen.js';
import type { View } from '../../../src/views/view.js';
import { ManualClock } from '../../views/clocks.js';
import { notedCommands } from '../../views/screen/drawn.js';
import { EmulatedTerminal } from '../../views/screen/emulated-terminal.js';
import { FakeKeyboard } from '../../views/screen/fake-keyboard.js';
import { scriptedEvents } from '../../views/scripted-campaign.js';
import { scriptOf } from '../../views/scripts.js';

vi.hoisted(() => {
  process.env.CI = 'false'; // in CI the library that draws does not draw
});

const slots = 2;
const entries = [...scriptedEvents(scriptOf({ slots }))];

/**
 * Where every stage begins, on its way, and just before its end. How many workers a run has, its journal tells when
 * all of them have been busy, so the beginning is when the first trials have started.
 */
const moments = stageMoments();

function stageMoments(): readonly { readonly moment: string; readonly count: number }[] {
  const begun = new Map<string, number>();
  for (const [place, { event }] of entries.entries()) {
    if (event.type === 'batch-planned' && !begun.has(event.stage)) begun.set(event.stage, place + 1);
  }
  const starts = [...begun].map(([stage, count]) => [stage, count + slots] as const);
  return starts.flatMap(([stage, count], i) => {
    const end = starts[i + 1]?.[1] ?? entries.length;
    const share = (part: number): number => Math.round(count + (end - count) * part);
    return [
      { moment: `at the beginning of ${stage}`, count },
      { moment: `a third into ${stage}`, count: share(1 / 3) },
      { moment: `two thirds into ${stage}`, count: share(2 / 3) },
      { moment: `at the end of ${stage}`, count: end - 1 },
    ];
  });
}

/** A run in this process that has come as far as its entries tell. */
class PlayedRun {
  #campaign = emptyCampaign;
  readonly source = createLiveSource(createControls(), slots);

  play(some: readonly CampaignEntry[]): void {
    for (const entry of some) {
      this.#campaign = evolve(this.#campaign, entry.event);
      this.source.hear(entry, this.#campaign);
    }
  }
}

function shownBy(source: CampaignSource, columns: number, rows: number, clock: ManualClock) {
  const terminal = new EmulatedTerminal(columns, rows);
  const view: View = mountScreen(
    source,
    notedCommands(),
    { stdin: new FakeKeyboard().asStream(), stdout: terminal.asStream() },
    { clock, colour: false, plainSigns: false },
  );
  return { view, screen: () => terminal.screen() };
}

test.each([
  [60, 20],
  [80, 24],
  [120, 40],
])('watch draws what the run itself draws, in every stage, at %i x %i', async (columns, rows) => {
  const clock = new ManualClock();
  const run = new PlayedRun();
  run.play(entries.slice(0, 1));
  const own = shownBy(run.source, columns, rows, clock);
  const along = createWatchedSource();
  const watching = shownBy(along, columns, rows, clock);
  let played = 1;
  along.take(entries[0] ?? neverPlayed());
  for (const { moment, count } of moments) {
    const next = entries.slice(played, count);
    played = Math.max(played, count);
    run.play(next);
    for (const entry of next) along.take(entry);
    along.tell('watching', null);
    const later = createWatchedSource();
    for (const entry of entries.slice(0, count)) later.take(entry);
    later.tell('watching', null);
    const now = Date.parse(entries[count - 1]?.at ?? '');
    clock.pass(Math.max(0, now - clock.now()) + 1000);
    const joined = shownBy(later, columns, rows, clock);
    const ownLines = comparable(await own.screen());
    expect(comparable(await watching.screen()), moment).toEqual(ownLines);
    const joinedLines = comparable(await joined.screen());
    expect(joinedLines.map(anyTimeLeft), `${moment}, by one who has just come`).toEqual(
      ownLines.map(anyTimeLeft),
    );
    joined.view.unmount();
  }
  expect(moments).toHaveLength(16);
  own.view.unmount();
  watching.view.unmount();
});

/**
 * Whoever only looks on has other keys; they are in the last line. And two screens do not draw at the same moment, so
 * their clocks may be a second apart.
 */
function comparable(lines: readonly string[]): readonly string[] {
  return lines.slice(0, -1).map((line) => line.replace(/\d\d:\d\d elapsed/, 'so long'));
}

/** The time left stays as it was said until it is wrong by much, so it depends on when a screen came. */
const anyTimeLeft = (line: string): string => line.replace(/about .+? left/, 'about so long left');

function neverPlayed(): never {
  throw new Error('the script is empty');
}
