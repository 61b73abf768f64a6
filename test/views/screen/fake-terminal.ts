import { EventEmitter } from 'node:events';

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
