import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { readJsonLine, readOutputJsonLine } from './json-line.js';
import { LineSplitter, type OutputLine } from './line-splitter.js';
import { endGroup, groupExists, groupMembers } from './process-group.js';
import type { ProcessRecord } from './process-record.js';
import { residentBytes } from './process-table.js';
import { ReportFile } from './report-file.js';
import type { LineReader, LineReading } from './report-line.js';
import type { TrialLog } from './trial-log.js';

/** Why a command is asked to end; it can read it in `stop.json`. */
export type StopReason = 'fit' | 'epochs' | 'not-needed' | 'diverged' | 'bad-report' | 'timeout' | 'memory';

/** How the process itself ended. */
export type Ending =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'not-started'; readonly message: string };

export interface CommandLaunch {
  /** Program and arguments. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The trial's directory, which is there. */
  readonly directory: string;
  readonly processes: ProcessRecord;
  readonly log: TrialLog;
  /** The file that is read for reports, or the reader of the lines of standard output. */
  readonly reports: { readonly file: string } | { readonly lines: LineReader | 'json' };
  readonly timeout: number | null;
  readonly maxRss: number | null;
  readonly grace: number;
}

/** The file by which a command that is asked to end can read why. */
export const stopName = 'stop.json';

/** Milliseconds between two looks at the memory, where it is bounded. */
const memoryInterval = 100;
/** Milliseconds for which a pipe is listened to that somebody holds open after the trial's processes have ended. */
const quietPipe = 500;
/** Reports that may wait to be taken; a program that reports more quickly has to wait itself. */
const mostWaiting = 1024;

/** A command that runs: the leader of a process group of its own, its reports one by one, and its end. */
export class CommandProcess {
  readonly #launch: CommandLaunch;
  readonly #child: ChildProcessByStdio<null, Readable, Readable> | null;
  readonly #reportFile: ReportFile | null;
  readonly #splitter = new LineSplitter();
  readonly #readLine: LineReader;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #over: Promise<Ending>;
  readonly #waiting: LineReading[] = [];
  #wake: () => void = () => {};
  #ending: Ending | null = null;
  #stopped: { readonly reason: StopReason; readonly groupEnded: Promise<unknown> } | null = null;
  #bytesSeen = 0;
  /** Nobody takes reports any more. */
  #dropping = false;

  constructor(launch: CommandLaunch) {
    this.#launch = launch;
    const { reports } = launch;
    const onBytes = (bytes: Buffer): void => {
      if (!this.#dropping) this.#takeLines(this.#splitter.add(bytes));
    };
    this.#reportFile =
      'file' in reports ? new ReportFile(reports.file, onBytes, () => this.#mayRead()) : null;
    this.#readLine =
      'file' in reports ? readJsonLine : reports.lines === 'json' ? readOutputJsonLine : reports.lines;
    const started = start(launch);
    if (typeof started === 'string') {
      this.#child = null;
      this.#over = this.#afterExit(Promise.resolve({ kind: 'not-started', message: started }));
      return;
    }
    this.#child = started;
    const exit = new Promise<Ending>((resolve) => {
      started.once('error', (error) => resolve({ kind: 'not-started', message: error.message }));
      started.once('exit', (code, signal) =>
        resolve(signal === null ? { kind: 'exit', code: code ?? 0 } : { kind: 'signal', signal }),
      );
    });
    started.stdout.on('data', (bytes: Buffer) => {
      this.#bytesSeen += bytes.length;
      launch.log.write(bytes);
      if ('lines' in reports) onBytes(bytes);
      if (!this.#mayRead()) started.stdout.pause();
    });
    started.stderr.on('data', (bytes: Buffer) => {
      this.#bytesSeen += bytes.length;
      launch.log.write(bytes);
    });
    if (started.pid !== undefined) launch.processes.add(started.pid);
    this.#setLimits(started.pid);
    this.#over = this.#afterExit(exit);
  }

  /** Why it was asked to end; null where it was not. */
  get stopReason(): StopReason | null {
    return this.#stopped?.reason ?? null;
  }

  /** The next report, or line that should have been one; null when the command has ended and all is read. */
  async next(): Promise<LineReading | null> {
    for (;;) {
      const reading = this.#waiting.shift();
      if (reading !== undefined) {
        // In a turn of its own: a program that never stops reporting would let nothing else have one.
        if (this.#waiting.length === 0) setImmediate(() => this.#readOn());
        return reading;
      }
      if (this.#ending !== null) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Asks the whole group to end, and ends it by force after the grace; the first reason counts. */
  stop(reason: StopReason): void {
    const pid = this.#child?.pid;
    if (this.#stopped !== null || this.#ending !== null || pid === undefined) return;
    try {
      writeFileSync(join(this.#launch.directory, stopName), `${JSON.stringify({ reason })}\n`);
    } catch {
      // On a full disk the signal has to do.
    }
    // Who takes memory without end is not given the time to take more.
    const grace = reason === 'memory' ? 0 : this.#launch.grace;
    this.#stopped = { reason, groupEnded: endGroup(pid, grace) };
  }

  /** Resolves when every process of the group has ended; reports that nobody took are dropped. */
  end(): Promise<Ending> {
    this.#dropping = true;
    this.#waiting.length = 0;
    this.#reportFile?.close();
    this.#child?.stdout.resume(); // a full pipe would keep its writer from ending
    return this.#over;
  }

  #setLimits(pid: number | undefined): void {
    const { timeout, maxRss } = this.#launch;
    if (timeout !== null)
      this.#timers.push(setTimeout(() => this.stop('timeout'), Math.min(timeout, 0x7fff_ffff)));
    if (maxRss === null || pid === undefined) return;
    const look = (): void => {
      if (residentBytes(groupMembers(pid)) > maxRss) this.stop('memory');
    };
    this.#timers.push(setInterval(look, memoryInterval));
  }

  async #afterExit(exit: Promise<Ending>): Promise<Ending> {
    const ending = await exit;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#stopped?.groupEnded;
    const pid = this.#child?.pid;
    // What a trial leaves behind when it ends by itself ends with it.
    if (pid !== undefined && groupExists(pid)) await endGroup(pid, this.#launch.grace);
    await this.#pipesClosed();
    while (!this.#dropping && this.#reportFile?.read() === false) await pause(1);
    this.#reportFile?.close();
    const rest = this.#splitter.rest();
    if (rest !== null) this.#takeLines([rest]);
    this.#launch.log.close();
    if (pid !== undefined) this.#launch.processes.remove(pid);
    this.#ending = ending;
    this.#wake();
    return ending;
  }

  /** A process that left the group may hold a pipe open for ever: a pipe that stays quiet is given up. */
  async #pipesClosed(): Promise<void> {
    const child = this.#child;
    if (child === null || child.pid === undefined) return;
    const isOpen = (): boolean => !child.stdout.closed || !child.stderr.closed;
    const closed = new Promise<void>((resolve) => {
      const settle = (): void => {
        if (!isOpen()) resolve();
      };
      child.stdout.once('close', settle);
      child.stderr.once('close', settle);
      settle();
    });
    while (isOpen()) {
      const seen = this.#bytesSeen;
      const quiet = new AbortController();
      await Promise.race([closed, pause(quietPipe, undefined, { signal: quiet.signal }).catch(() => {})]);
      quiet.abort();
      if (isOpen() && this.#bytesSeen === seen && !child.stdout.isPaused()) {
        child.stdout.destroy();
        child.stderr.destroy();
        await closed;
      }
    }
  }

  #takeLines(lines: Iterable<OutputLine>): void {
    for (const { text, cut } of lines) {
      const reading = this.#readLine(text);
      if (reading.kind === 'other') continue;
      const tooLong = 'A report is a line of more than 1 MiB.';
      this.#waiting.push(cut ? { kind: 'bad', message: tooLong } : reading);
    }
    if (this.#waiting.length > 0) this.#wake();
  }

  #mayRead(): boolean {
    return this.#waiting.length < mostWaiting;
  }

  #readOn(): void {
    this.#child?.stdout.resume();
    if (this.#ending === null && this.#child !== null) this.#reportFile?.read();
  }
}

/** The child, or why there is none. */
function start(launch: CommandLaunch): ChildProcessByStdio<null, Readable, Readable> | string {
  const [program = '', ...args] = launch.argv;
  const { cwd, environment: env } = launch;
  try {
    return spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // a null character in an argument, say
  }
}
