import { type Instance, render } from 'ink';
import type { TrialKey } from '../../../campaign/trial.js';
import { errorStack } from '../../../text/error-message.js';
import { detachableOutput } from '../../detachable-output.js';
import type { LogTail } from '../../log-tail.js';
import type { CampaignSource } from '../../model/campaign-source.js';
import { type Clock, systemClock } from '../../throttled-source.js';
import type { Commands, View, ViewStreams } from '../../view.js';
import { Screen } from '../pages/screen.js';
import { screenSource } from '../pages/screen-source.js';
import { LineSignsContext } from '../widgets/line.js';
import { LineSigns } from '../widgets/line-signs.js';
import { ColourContext } from '../widgets/text-style.js';
import { needsAsciiFallback, withAsciiFallback } from './ascii-fallback.js';
import { enterFullScreen, type FullScreen } from './full-screen.js';
import { isForeground, stopJob } from './job-control.js';
import { guardTerminal } from './terminal-guard.js';

/** What may be said otherwise than the machine says it. */
interface ScreenOptions {
  readonly clock?: Clock;
  /** False for no colour; by default as `NO_COLOR` says. */
  readonly colour?: boolean;
  /** True for signs that every terminal can show; by default as the locale says. */
  readonly plainSigns?: boolean;
  /** The end of what a trial printed; null for none, which is the default. */
  readonly logTail?: (trial: TrialKey) => LogTail | null;
  /** Called when the screen has failed and released the terminal. Default: prints that on standard error. */
  readonly onFailure?: (error: unknown) => void;
}

/** Milliseconds between two looks at whether the terminal listens again. */
const FOREGROUND_CHECK = 1000;

/** A screen that is up. */
interface Drawing {
  readonly ink: Instance;
  readonly screen: FullScreen;
  readonly dismissGuard: () => void;
}

/**
 * Draws the live screen over the whole terminal until `unmount`; then what was on it before is there again. When the
 * terminal hangs up, or the screen itself fails, it lets go and the campaign continues. Ctrl-Z gives the terminal to
 * the shell, `fg` takes it back, and after `bg` the campaign runs on without a screen.
 */
export function mountScreen(
  source: CampaignSource,
  commands: Commands,
  streams: ViewStreams,
  options: ScreenOptions = {},
): View {
  const { stdin, stdout } = streams;
  const clock = options.clock ?? systemClock;
  const states = screenSource(source, clock);
  const plainSigns = options.plainSigns ?? needsAsciiFallback(process.env);
  const isOwnTerminal = stdout === process.stdout;
  let drawing: Drawing | null = null;
  let isMounted = true;

  const draw = (): void => {
    const signs = new LineSigns();
    const screen = enterFullScreen(stdout, (frame, { columns }) => {
      const text = signs.expand(frame, columns);
      return plainSigns ? withAsciiFallback(text) : text;
    });
    const ink = render(
      <ColourContext value={options.colour ?? !process.env.NO_COLOR}>
        <LineSignsContext value={signs}>
          <Screen
            source={states}
            commands={commands}
            terminal={stdout}
            logTail={options.logTail ?? (() => null)}
            driverState={() => source.getSnapshot().driver.state}
            drawAnew={() => screen.drawAnew()}
            suspend={suspend}
          />
        </LineSignsContext>
      </ColourContext>,
      {
        stdin,
        stdout: screen.frames,
        exitOnCtrlC: false,
        // Every frame whole, at once, and nothing else: what of it is new to the terminal is found out here.
        debug: true,
      },
    );
    drawing = { ink, screen, dismissGuard: isOwnTerminal ? guardTerminal() : () => {} };
    ink.waitUntilExit().catch((error: unknown) => {
      unmount();
      (options.onFailure ?? tellFailure)(error);
    });
  };
  const undraw = (): void => {
    if (drawing === null) return;
    const { ink, screen, dismissGuard } = drawing;
    drawing = null;
    ink.unmount();
    screen.leave();
    dismissGuard();
  };
  const suspend = (): void => {
    undraw();
    // Only when no component reads the keyboard any more, which takes a moment.
    setImmediate(() => {
      stopReading(stdin);
      setImmediate(() => {
        stopJob();
        drawOnceInForeground();
      });
    });
  };
  const drawOnceInForeground = (): void => {
    if (!isMounted || drawing !== null) return;
    if (isForeground()) draw();
    // A job that runs already gets no signal when it is in the foreground again.
    else clock.after(FOREGROUND_CHECK, drawOnceInForeground);
  };
  const onContinue = (): void => {
    if (!isForeground()) return;
    undraw(); // stopped from elsewhere, with the screen up: the shell has set the terminal as it likes it
    draw();
  };
  const unmount = (): void => {
    isMounted = false;
    process.off('SIGCONT', onContinue);
    stdin.off('error', unmount);
    undraw();
    states.close();
  };
  process.on('SIGCONT', onContinue);
  stdin.on('error', unmount);
  detachableOutput(stdout, unmount);
  draw();
  return { unmount };
}

/**
 * Takes in no more keys: they are the shell's now, and the system stops who reads them in the background. A stream
 * that is not flowing does not notice that it is paused.
 */
function stopReading(stdin: NodeJS.ReadStream): void {
  stdin.resume();
  stdin.pause();
}

function tellFailure(error: unknown): void {
  const words = errorStack(error);
  process.stderr.write(
    `The screen failed; the campaign continues without it. This is a bug in fitfirst; please report it:\n${words}\n`,
  );
}
