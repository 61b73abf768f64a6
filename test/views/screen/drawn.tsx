import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink';
import type { Snapshot } from '../../../src/views/model/campaign-source.js';
import { type HistoryEntry, wholeHistory } from '../../../src/views/model/history.js';
import { nothingSeen, settledCount, updateOpenTrials } from '../../../src/views/model/open-trials.js';
import { secondsLeft } from '../../../src/views/model/time-left.js';
import { Screen } from '../../../src/views/screen/pages/screen.js';
import type { ScreenSource } from '../../../src/views/screen/pages/screen-source.js';
import { LineSignsContext } from '../../../src/views/screen/widgets/line.js';
import { LineSigns } from '../../../src/views/screen/widgets/line-signs.js';
import { ColourContext } from '../../../src/views/screen/widgets/text-style.js';
import type { Commands } from '../../../src/views/view.js';
import { FakeKeyboard } from './fake-keyboard.js';
import { FakeTerminal } from './fake-terminal.js';

/** Commands that note what they were asked for. */
export function notedCommands(): Commands & { readonly noted: string[] } {
  const noted: string[] = [];
  return {
    noted,
    togglePause: () => noted.push('pause'),
    drain: () => noted.push('drain'),
    stopNow: () => noted.push('stop'),
    stopTrial: (trial) => noted.push(`stop ${trial}`),
  };
}

/** What a frame is drawn from. */
interface FrameOptions {
  readonly columns: number;
  readonly rows: number;
  readonly colour?: boolean;
  readonly history?: readonly HistoryEntry[];
  /** A key to press first. */
  readonly key?: string;
}

/** One frame of the screen, as it is written, colours included. */
export function frameOf(snapshot: Snapshot, options: FrameOptions): string {
  const terminal = new FakeTerminal(options.columns, options.rows);
  const keyboard = new FakeKeyboard();
  const { now } = updateOpenTrials(snapshot.campaign, nothingSeen);
  const state = {
    snapshot,
    open: now.open,
    settled: settledCount(now),
    left: secondsLeft(
      snapshot.campaign,
      snapshot.timing,
      now.open,
      snapshot.driver.slots ?? snapshot.timing.workers,
    ),
    history:
      options.history ??
      wholeHistory(snapshot).lines.filter(({ kind }) => kind !== 'headline' && kind !== 'progress'),
    now: snapshot.timing.last ?? 0,
  };
  const source: ScreenSource = { getSnapshot: () => state, subscribe: () => () => {}, close: () => {} };
  const signs = new LineSigns();
  const tree = (
    <ColourContext value={options.colour ?? true}>
      <LineSignsContext value={signs}>
        <Screen
          source={source}
          commands={notedCommands()}
          terminal={terminal.asStream()}
          logTail={() => ({ path: 'results/digits/logs/trial.log', lines: ['epoch 1 done', 'epoch 2 done'] })}
          driverState={() => snapshot.driver.state}
          drawAnew={() => {}}
          suspend={() => {}}
        />
      </LineSignsContext>
    </ColourContext>
  );
  const ink = render(tree, {
    stdin: keyboard.asStream(),
    stdout: terminal.asStream(),
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  if (options.key !== undefined && options.key !== '') {
    keyboard.press(options.key);
    ink.rerender(tree);
  }
  const frame = signs.expand(terminal.written.at(-1) ?? '', options.columns);
  ink.unmount();
  return frame;
}

/** The lines of a frame without colours. */
export function linesOf(frame: string): string[] {
  return stripVTControlCharacters(frame).split('\n');
}
