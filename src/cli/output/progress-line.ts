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
