import xterm from '@xterm/headless';
import { FakeTerminal } from './fake-terminal.js';

/** A terminal that understands what is written to it, as those that people use do. */
export class EmulatedTerminal extends FakeTerminal {
  readonly #emulator: xterm.Terminal;

  constructor(columns: number, rows: number) {
    super(columns, rows);
    this.#emulator = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: 1000,
      allowProposedApi: true,
      convertEol: true,
    });
  }

  override write = (text: string, done?: () => void): boolean => {
    this.written.push(text);
    this.#emulator.write(text);
    done?.();
    return true;
  };

  /** What another process writes on it. */
  disturb(text: string): void {
    this.#emulator.write(text);
  }

  override resize(columns: number, rows: number): void {
    this.#emulator.resize(columns, rows);
    super.resize(columns, rows);
  }

  /** What can be seen, line by line, without the spaces at the ends. */
  async screen(): Promise<string[]> {
    const buffer = await this.#settled();
    return Array.from({ length: this.#emulator.rows }, (_, row) => lineOf(buffer, buffer.viewportY + row));
  }

  /** What can be seen, and all that has scrolled up, up to the last line with anything on it. */
  async everything(): Promise<string> {
    const buffer = await this.#settled();
    const lines = Array.from({ length: buffer.length }, (_, row) => lineOf(buffer, row));
    return lines.join('\n').trimEnd();
  }

  /** Whether the alternate screen is shown. */
  async isAlternate(): Promise<boolean> {
    return (await this.#settled()).type === 'alternate';
  }

  #settled(): Promise<xterm.IBuffer> {
    return new Promise((resolve) => {
      this.#emulator.write('', () => resolve(this.#emulator.buffer.active));
    });
  }
}

function lineOf(buffer: xterm.IBuffer, row: number): string {
  return buffer.getLine(row)?.translateToString(true).trimEnd() ?? '';
}
