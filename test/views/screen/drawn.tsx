import { EventEmitter } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink';
import type { Snapshot } from '../../../src/views/campaign-source.js';
import { look, neverLooked, settledCount } from '../../../src/views/open-trials.js';
import { Screen } from '../../../src/views/screen/screen.js';
import type { HistoryItem, ScreenSource } from '../../../src/views/screen/screen-source.js';
import { ColourContext } from '../../../src/views/screen/tone.js';
import type { Commands } from '../../../src/views/view.js';

/** A terminal of a size that keeps what is written to it. */
export class FakeTerminal extends EventEmitter {
  readonly isTTY: boolean;
  readonly writable = true;
  written: string[] = [];

  constructor(
    public columns: number,
    public rows: number,
    isTTY = true,
  ) {
    super();
    this.isTTY = isTTY;
  }

  write = (text: string, done?: () => void): boolean => {
    this.written.push(text);
    done?.();
    return true;
  };

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  asStream(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }
}

/** A keyboard on which tests press keys; without one, as with a pipe, `isTTY` is undefined. */
export class FakeKeyboard extends EventEmitter {
  raw = false;
  #pending: string | null = null;

  static missing(): FakeKeyboard {
    return Object.assign(new FakeKeyboard(), { isTTY: undefined });
  }

  constructor(readonly isTTY: boolean | undefined = true) {
    super();
  }

  press(key: string): void {
    this.#pending = key;
    this.emit('readable');
  }

  read = (): string | null => {
    const pending = this.#pending;
    this.#pending = null;
    return pending;
  };

  setRawMode = (raw: boolean): void => {
    this.raw = raw;
  };

  setEncoding = (): void => {};
  ref = (): void => {};
  unref = (): void => {};

  asStream(): NodeJS.ReadStream {
    return this as unknown as NodeJS.ReadStream;
  }
}

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
  readonly history?: readonly HistoryItem[];
  /** A key to press first. */
  readonly key?: string;
}

/** One frame of the screen, as it is written, colours included. */
export function frameOf(snapshot: Snapshot, options: FrameOptions): string {
  const terminal = new FakeTerminal(options.columns, options.rows);
  const keyboard = new FakeKeyboard();
  const { now } = look(snapshot.campaign, neverLooked);
  const state = {
    snapshot,
    open: now.open,
    settled: settledCount(now),
    history: options.history ?? [],
    now: snapshot.timing.last ?? 0,
  };
  const source: ScreenSource = { getSnapshot: () => state, subscribe: () => () => {}, close: () => {} };
  const tree = (
    <ColourContext value={options.colour ?? true}>
      <Screen
        source={source}
        commands={notedCommands()}
        terminal={terminal.asStream()}
        logTail={() => ['epoch 1 done', 'epoch 2 done']}
        driverState={() => snapshot.driver.state}
      />
    </ColourContext>
  );
  const ink = render(tree, {
    stdin: keyboard.asStream(),
    stdout: terminal.asStream(),
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  if (options.key !== undefined) {
    keyboard.press(options.key);
    ink.rerender(tree);
  }
  const frame = terminal.written.at(-1) ?? '';
  ink.unmount();
  return frame;
}

/** The lines of a frame without colours. */
export function linesOf(frame: string): string[] {
  return stripVTControlCharacters(frame).split('\n');
}
