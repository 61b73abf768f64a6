import { EventEmitter } from 'node:events';

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
  resume = (): void => {};
  pause = (): void => {};
  ref = (): void => {};
  unref = (): void => {};

  asStream(): NodeJS.ReadStream {
    return this as unknown as NodeJS.ReadStream;
  }
}
