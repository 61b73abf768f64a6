import { closeSync, fstatSync, readSync } from 'node:fs';
import { NotRegularFile, openRegularFile } from '../../../platform/regular-file.js';
import { errorCode } from '../../../text/error-message.js';
import { errorReason } from '../../../text/error-reason.js';
import { LineSplitter } from '../reading/line-splitter.js';
import { excerpt, type LineReader } from '../reading/report-line.js';
import { type FollowedSource, LOOK_INTERVAL, type SourceSink } from './followed-source.js';

const CHUNK_SIZE = 65_536;
/** Bytes that are read before something else gets its turn. */
const MAX_AT_ONCE = 64 * CHUNK_SIZE;

/**
 * Follows a file of lines that a program writes for itself. It may not be there yet, may be replaced, and may start
 * over: a file that has become shorter is read from its beginning. It is opened as a regular file only.
 */
export class FollowedFile implements FollowedSource {
  #offset = 0;
  #end = Number.POSITIVE_INFINITY;
  #isClosed = false;
  #splitter = new LineSplitter();
  #readLine: LineReader;
  readonly #looking: NodeJS.Timeout;

  /** `createReader` makes a reader for a file from its first line. */
  constructor(
    readonly path: string,
    private readonly createReader: () => LineReader,
    private readonly sink: SourceSink,
  ) {
    this.#readLine = createReader();
    this.#looking = setInterval(() => this.read(), LOOK_INTERVAL);
  }

  read(): boolean {
    if (this.#isClosed) return true;
    let file: number;
    try {
      file = openRegularFile(this.path);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') this.#fail(describeFault(this.path, error));
      return true;
    }
    try {
      return this.#readFrom(file);
    } catch (error) {
      this.#fail(describeFault(this.path, error));
      return true;
    } finally {
      closeSync(file);
    }
  }

  limitToPresent(): void {
    try {
      const file = openRegularFile(this.path);
      this.#end = fstatSync(file).size;
      closeSync(file);
    } catch {
      // The next read says what is wrong.
    }
  }

  finish(): [] {
    const rest = this.#isClosed ? null : this.#splitter.rest();
    if (rest !== null) this.#take(rest.text);
    return [];
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#looking);
  }

  #readFrom(file: number): boolean {
    const { size } = fstatSync(file);
    if (size < this.#offset) this.#startOver();
    const end = Math.min(size, this.#end);
    const pause = Math.min(end, this.#offset + MAX_AT_ONCE);
    const chunk = Buffer.allocUnsafe(CHUNK_SIZE);
    while (this.#offset < pause && !this.#isClosed) {
      if (!this.sink.mayRead()) return false;
      const length = readSync(file, chunk, 0, Math.min(chunk.length, pause - this.#offset), this.#offset);
      if (length === 0) return true;
      this.#offset += length;
      for (const { text } of this.#splitter.add(chunk.subarray(0, length))) this.#take(text);
      if (this.#splitter.isOverlong) this.#fail(`${excerpt(this.path)} has a line of more than 1 MiB.`);
    }
    return this.#offset >= end || this.#isClosed;
  }

  #startOver(): void {
    this.#offset = 0;
    this.#splitter = new LineSplitter();
    this.#readLine = this.createReader();
  }

  #take(text: string): void {
    if (this.#isClosed) return;
    const reading = this.#readLine(text);
    if (reading.kind !== 'other') this.sink.take(reading);
  }

  #fail(message: string): void {
    this.close();
    this.sink.take({ kind: 'bad', message });
  }
}

/** Why a file of the program cannot be read, as a sentence. */
export function describeFault(path: string, error: unknown): string {
  return error instanceof NotRegularFile
    ? `${excerpt(path)} is ${error.found}, and a regular file was expected.`
    : `${excerpt(path)} cannot be read: ${errorReason(error)}.`;
}
