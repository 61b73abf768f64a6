import { stripVTControlCharacters } from 'node:util';
import { textWidth } from '../wrapped-text.js';

/**
 * A terminal for Ink to draw on, without its two bad habits. Ink clears the terminal, and with it what the user did
 * before, when it finds more lines drawn than there are rows; the screen never draws so many, but for a moment there
 * are when a terminal is made lower. And when a terminal is made narrower, Ink erases as many rows as it drew lines,
 * though by then the longer lines take two rows each.
 */
export function wrappedTerminal(stdout: NodeJS.WriteStream): {
  readonly stream: NodeJS.WriteStream;
  release(): void;
} {
  let frame: readonly string[] = [];
  let { columns } = stdout;
  const write = (...words: Parameters<NodeJS.WriteStream['write']>): boolean => {
    const text = String(words[0]);
    if (text.includes('\n')) frame = stripVTControlCharacters(text).split('\n').slice(0, -1);
    return stdout.write(...words);
  };
  const onResize = (): void => {
    if (stdout.columns < columns) stdout.write(eraseWrapped(frame, stdout.columns));
    columns = stdout.columns;
  };
  // Ink listens too: what is to be erased has to be before Ink draws.
  stdout.prependListener('resize', onResize);
  const stream = new Proxy(stdout, {
    get(target, property) {
      if (property === 'rows') return Number.MAX_SAFE_INTEGER;
      if (property === 'write') return write;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { stream, release: () => void stdout.off('resize', onResize) };
}

/** Erases all rows that the lines take now, and leaves the cursor as many rows below the first as there are lines. */
function eraseWrapped(lines: readonly string[], columns: number): string {
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / columns)), 0);
  const eraseLine = '\u001b[2K';
  return `\r${eraseLine}${`\u001b[1A${eraseLine}`.repeat(rows)}${'\n'.repeat(lines.length)}`;
}
