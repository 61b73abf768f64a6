import { render } from 'ink';
import type { CampaignSource } from '../campaign-source.js';
import { detachableOutput } from '../detachable-output.js';
import { type Clock, systemClock } from '../throttled-source.js';
import type { Commands, View, ViewStreams } from '../view.js';
import { Screen } from './screen.js';
import { screenSource } from './screen-source.js';
import { ColourContext } from './tone.js';

/** What may be said otherwise than the machine says it. */
export interface ScreenOptions {
  readonly clock?: Clock;
  /** False for no colour; by default as `NO_COLOR` says. */
  readonly colour?: boolean;
}

/**
 * Draws the live screen on a terminal until `unmount`. When the terminal hangs up, the screen lets go of it and the
 * campaign goes on. The cursor is shown again in any case but a `kill -9`.
 */
export function mountScreen(
  source: CampaignSource,
  commands: Commands,
  streams: ViewStreams,
  options: ScreenOptions = {},
): View {
  const states = screenSource(source, options.clock ?? systemClock);
  const stopErasing = eraseWhenNarrowed(streams.stdout);
  const screen = (
    <ColourContext value={options.colour ?? !process.env.NO_COLOR}>
      <Screen
        source={states}
        commands={commands}
        terminal={streams.stdout}
        driverState={() => source.getSnapshot().driver.state}
      />
    </ColourContext>
  );
  const ink = render(screen, {
    stdin: streams.stdin,
    stdout: withoutFullScreen(streams.stdout),
    exitOnCtrlC: false,
    // What anything else prints must not land in the middle of the screen.
    patchConsole: streams.stdout === process.stdout,
    maxFps: 10,
  });
  let mounted = true;
  const unmount = (): void => {
    if (!mounted) return;
    mounted = false;
    stopErasing();
    states.close();
    ink.rerender(screen); // what `close` took in is drawn at once by this, not in some later turn
    ink.unmount();
  };
  detachableOutput(streams.stdout, unmount);
  return { unmount };
}

/**
 * Ink clears the terminal, and with it what the user did before, when it finds more lines drawn than the terminal has
 * rows. The screen never draws so many, but for a moment there are when a terminal is made lower.
 */
function withoutFullScreen(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stdout, {
    get(target, property) {
      if (property === 'rows') return Number.MAX_SAFE_INTEGER;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A narrower terminal wraps the lines that are there, and nobody knows where they are then: begin at the top. */
function eraseWhenNarrowed(stdout: NodeJS.WriteStream): () => void {
  let { columns } = stdout;
  const onResize = (): void => {
    if (stdout.columns < columns) stdout.write('\u001b[H\u001b[J');
    columns = stdout.columns;
  };
  stdout.prependListener('resize', onResize);
  return () => {
    stdout.off('resize', onResize);
  };
}
