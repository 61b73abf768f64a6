import { basename } from 'node:path';
import type { ReadingWatch } from '../../data/sources/read-bytes.js';
import { escapeControls } from '../../text/quote.js';

const BETWEEN_MS = 100;

/** A line on the terminal that is drawn over and over, and taken away at the end. */
export interface ProgressLine {
  /** Draws where standard error is a terminal, at most ten times a second. */
  draw(text: () => string): void;
  /** Whole seconds since it was created. */
  seconds(): number;
  clear(): void;
}

export function createProgressLine(terminal: NodeJS.WriteStream = process.stderr): ProgressLine {
  const began = performance.now();
  let drawn = 0;
  return {
    draw(text) {
      const now = performance.now();
      if (!terminal.isTTY || now - drawn < BETWEEN_MS) return;
      drawn = now;
      terminal.write(`\r\u001b[K${text().slice(0, Math.max(20, (terminal.columns ?? 80) - 1))}`);
    },
    seconds: () => Math.round((performance.now() - began) / 1000),
    clear() {
      if (drawn > 0) terminal.write('\r\u001b[K');
      drawn = 0;
    },
  };
}

/** Reading that takes less is not worth a line. */
const SHORTEST_MS = 500;
const BAR_WIDTH = 16;

/** A line on the terminal that says how far a file has been read. */
export interface ReadingLine {
  readonly watch: ReadingWatch;
  /** Takes the line away. */
  clear(): void;
}

/** Shows how far the reading is while it lasts. */
export async function withReadingLine<T>(read: (watch: ReadingWatch) => Promise<T>): Promise<T> {
  const line = createReadingLine();
  try {
    return await read(line.watch);
  } finally {
    line.clear();
  }
}

/** Draws on standard error where that is a terminal, once reading takes noticeable time; else nothing. */
function createReadingLine(terminal: NodeJS.WriteStream = process.stderr): ReadingLine {
  const began = performance.now();
  let drawn = 0;
  return {
    watch: (path, bytes, all) => {
      const now = performance.now();
      // What follows the last byte takes a moment, too, in which nothing can be drawn.
      const isRead = bytes >= all;
      if (!terminal.isTTY || now - began < SHORTEST_MS || (now - drawn < BETWEEN_MS && !isRead)) return;
      drawn = now;
      const share = all === 0 ? 1 : Math.min(1, bytes / all);
      const filled = Math.round(share * BAR_WIDTH);
      const bar = '━'.repeat(filled) + '─'.repeat(BAR_WIDTH - filled);
      const megabytes = `${Math.round(bytes / 1e6)} of ${Math.round(all / 1e6)} MB`;
      const words = isRead ? 'looking through it' : megabytes;
      const text = `reading ${escapeControls(basename(path))}  ${bar}  ${words}`;
      // A line that wraps could not be drawn over.
      terminal.write(`\r\u001b[K${text.slice(0, Math.max(20, (terminal.columns ?? 80) - 1))}`);
    },
    clear: () => {
      if (drawn > 0) terminal.write('\r\u001b[K');
      drawn = 0;
    },
  };
}
