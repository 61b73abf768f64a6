import { mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEntry } from '../processes/process-table.js';
import { NUMBER_BYTES } from './launcher-message.js';

/** One end of a connection; the launcher holds the other one under the same number. */
export interface OutputConnection {
  readonly number: number;
  readonly socket: Socket;
}

/** For standard output and for standard error. */
export type OutputPair = readonly [OutputConnection, OutputConnection];

/** Bytes that the path of a socket may have on macOS, which allows fewer than others. */
const LONGEST_PATH = 103;

/** What the launcher has connected ahead, for the output of commands to arrive by. */
export class OutputConnections {
  readonly #folder: string;
  readonly #server = createServer((socket) => this.#welcome(socket));
  readonly #idle: OutputConnection[] = [];
  readonly #takers: ((pair: OutputPair | null) => void)[] = [];
  #closed = false;

  /** Where the launcher is to connect to: in a folder that no other user can enter. */
  readonly path: string;

  constructor() {
    const short = tmpdir().length + '/fitfirst-1234567-XXXXXX/output'.length <= LONGEST_PATH;
    const parent = short ? tmpdir() : '/tmp';
    removeLeftFolders(parent);
    this.#folder = mkdtempSync(join(parent, `fitfirst-${process.pid}-`));
    this.path = join(this.#folder, 'output');
  }

  /** Rejects where the file system has no sockets. */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.path, resolve).unref();
    });
  }

  /** Two of them, as soon as they are there; null when this is closed. */
  take(): Promise<OutputPair | null> {
    return new Promise((resolve) => {
      this.#takers.push(resolve);
      this.#serve();
    });
  }

  close(): void {
    this.#closed = true;
    this.#server.close();
    for (const { socket } of this.#idle) socket.destroy();
    rmSync(this.#folder, { recursive: true, force: true });
    this.#serve();
  }

  #welcome(socket: Socket): void {
    socket.unref();
    socket.on('error', () => {}); // what breaks ends, which is all that anybody wants to know
    socket.once('data', (bytes) => {
      socket.pause();
      if (bytes.length !== NUMBER_BYTES) return void socket.destroy();
      this.#idle.push({ number: bytes.readUInt32LE(), socket });
      this.#serve();
    });
  }

  /** Both at once: takers that have one each would wait for ever. */
  #serve(): void {
    if (this.#closed) {
      for (const taker of this.#takers.splice(0)) taker(null);
      return;
    }
    while (this.#takers.length > 0 && this.#idle.length >= 2) {
      const [stdout, stderr] = this.#idle.splice(0, 2);
      if (stdout !== undefined && stderr !== undefined) this.#takers.shift()?.([stdout, stderr]);
    }
  }
}

/** Removes the folders of processes that were killed together with their launcher: their names have the pid. */
function removeLeftFolders(parent: string): void {
  try {
    for (const name of readdirSync(parent)) {
      const pid = Number(/^fitfirst-(\d+)-\w{6}$/.exec(name)?.[1] ?? 0);
      if (pid > 0 && processEntry(pid) === null) removeFolder(join(parent, name));
    }
  } catch {
    // A folder that cannot be read is no reason not to start.
  }
}

/** Nothing but the socket is removed: with anything else in it the folder is not fitfirst's. */
function removeFolder(folder: string): void {
  try {
    rmSync(join(folder, 'output'), { force: true });
    rmdirSync(folder);
  } catch {
    // Another user's, or not empty.
  }
}
