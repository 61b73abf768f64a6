import { captureOutput } from './capture-output.js';
import { linesOf, paint, type Shown, type TerminalSize } from './frame-writer.js';

/** A terminal that shows frames over its whole size, and what was on it before when that is over. */
export interface FullScreen {
  /** A stream for the library that draws: what is written to it is a frame. */
  readonly frames: NodeJS.WriteStream;
  /** Draws all of the last frame once more: something else has written on the terminal. */
  drawAnew(): void;
  /** Shows the cursor and what was there before. May be called again. */
  leave(): void;
}

const control = '\u001b[';
/** The other screen, which has no scrollback, without cursor; lines do not wrap at its edge. */
const enter = `${control}?1049h${control}?25l${control}?7l${control}2J`;

/** Undoes `enter`, from any process. */
export const leaveFullScreen = `${control}?7h${control}?25h${control}?1049l`;

const defaultSize: TerminalSize = { columns: 80, rows: 24 };

/** The size of the terminal now; 80 x 24 where it does not know. */
export function sizeOf({ columns, rows }: NodeJS.WriteStream): TerminalSize {
  return { columns: columns || defaultSize.columns, rows: rows || defaultSize.rows };
}

/**
 * Switches a terminal to its alternate screen, as editors do: frames never get into the scrollback, whatever the
 * terminal's size becomes meanwhile, and what the user did before comes back at the end. What others write to it is
 * kept back until then.
 */
export function enterFullScreen(
  stdout: NodeJS.WriteStream,
  look: (frame: string, size: TerminalSize) => string,
): FullScreen {
  const toTerminal = stdout.write.bind(stdout);
  // What is written into a file cannot land on the screen.
  const letGo = captureOutput(
    process.stderr.isTTY && stdout === process.stdout ? [stdout, process.stderr] : [stdout],
  );
  let shown: Shown | null = null;
  let latest = '';
  let left = false;
  const write = (text: string): void => {
    if (text !== '' && stdout.writable) toTerminal(text);
  };
  const draw = (frame: string): void => {
    if (left) return;
    latest = frame;
    const size = sizeOf(stdout);
    const looking = look(frame, size);
    write(paint(shown, looking, size));
    shown = { ...size, lines: linesOf(looking, size.rows) };
  };
  const leave = (): void => {
    if (left) return;
    left = true;
    process.off('exit', leave);
    process.off('uncaughtExceptionMonitor', leave);
    write(leaveFullScreen + letGo());
  };
  process.on('exit', leave);
  // The message of an uncaught exception is written before the process exits.
  process.on('uncaughtExceptionMonitor', leave);
  write(enter);
  return {
    frames: framesTo(stdout, draw),
    drawAnew: () => {
      shown = null;
      draw(latest);
    },
    leave,
  };
}

/** The library hides and shows the cursor of a terminal by itself, so this one says that it is none. */
function framesTo(stdout: NodeJS.WriteStream, draw: (frame: string) => void): NodeJS.WriteStream {
  const write = (text: string, done?: () => void): boolean => {
    if (text !== '') draw(text);
    done?.();
    return true;
  };
  return new Proxy(stdout, {
    get(target, property) {
      if (property === 'isTTY') return false;
      if (property === 'write') return write;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
