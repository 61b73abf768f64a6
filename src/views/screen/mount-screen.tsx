import { render } from 'ink';
import type { TrialKey } from '../../campaign/trial.js';
import type { CampaignSource } from '../campaign-source.js';
import { detachableOutput } from '../detachable-output.js';
import { type Clock, systemClock } from '../throttled-source.js';
import type { Commands, View, ViewStreams } from '../view.js';
import { Screen } from './screen.js';
import { screenSource } from './screen-source.js';
import { ColourContext } from './tone.js';
import { wrappedTerminal } from './wrapped-terminal.js';

/** What may be said otherwise than the machine says it. */
interface ScreenOptions {
  readonly clock?: Clock;
  /** False for no colour; by default as `NO_COLOR` says. */
  readonly colour?: boolean;
  /** The last lines that a trial printed; none by default. */
  readonly logTail?: (trial: TrialKey) => readonly string[];
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
  const terminal = wrappedTerminal(streams.stdout);
  const screen = (
    <ColourContext value={options.colour ?? !process.env.NO_COLOR}>
      <Screen
        source={states}
        commands={commands}
        terminal={streams.stdout}
        logTail={options.logTail ?? (() => [])}
        driverState={() => source.getSnapshot().driver.state}
      />
    </ColourContext>
  );
  const ink = render(screen, {
    stdin: streams.stdin,
    stdout: terminal.stream,
    exitOnCtrlC: false,
    // What anything else prints must not land in the middle of the screen.
    patchConsole: streams.stdout === process.stdout,
    maxFps: 10,
  });
  let mounted = true;
  const unmount = (): void => {
    if (!mounted) return;
    mounted = false;
    terminal.release();
    states.close();
    ink.rerender(screen); // what `close` took in is drawn at once by this, not in some later turn
    ink.unmount();
  };
  detachableOutput(streams.stdout, unmount);
  return { unmount };
}
