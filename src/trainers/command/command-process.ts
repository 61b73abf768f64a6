import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { writeRegularFile } from '../../platform/regular-file.js';
import type { ProcessEnding } from './ending.js';
import type { StartedCommand } from './launcher/launched-command.js';
import type { Launcher } from './launcher/launcher.js';
import type { PidFile } from './processes/pid-file.js';
import { endGroup, groupExists, groupMembers } from './processes/process-group.js';
import { residentBytes } from './processes/process-table.js';
import type { LineReading } from './reading/report-line.js';
import type { Feed } from './sources/feed.js';
import { type FeedReader, openFeed } from './sources/feed-reader.js';
import type { TrialLog } from './trial-log.js';

/** Why a command is asked to end; it can read it in `stop.json`. */
export type StopReason =
  | 'fit'
  | 'stopped-early'
  | 'patience'
  | 'epochs'
  | 'not-needed'
  | 'diverged'
  | 'bad-report'
  | 'timeout'
  | 'memory';

export interface CommandLaunch {
  /** Program and arguments. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The trial's directory, which is there. */
  readonly directory: string;
  readonly launcher: Launcher;
  readonly processes: PidFile;
  readonly log: TrialLog;
  /** What is read for reports, in the order of the trial's sources. */
  readonly feeds: readonly Feed[];
  readonly timeout: number | null;
  readonly maxRss: number | null;
  readonly grace: number;
}

/** What was read from one of the feeds. */
export interface FeedReading {
  /** Which one. */
  readonly feed: number;
  readonly reading: LineReading;
}

/** The file by which a command that is asked to end can read why. */
export const stopName = 'stop.json';

/** Milliseconds between two looks at the memory, where it is bounded. */
const MEMORY_INTERVAL = 100;
/** Milliseconds in which many a command ends, and until which the launcher alone knows of one. */
const BRIEF = 100;
/** Milliseconds for which a pipe is listened to that somebody holds open after the trial's processes have ended. */
const QUIET_PIPE = 500;
/** Turns of the loop, each of which reads what waits in the pipes, that have to bring nothing. */
const LOOKS = 3;
/** Reports that may wait to be taken; a program that reports more quickly has to wait itself. */
const MAX_WAITING = 1024;

/** A command that runs: the leader of a process group of its own, its reports one by one, and its end. */
export class CommandProcess {
  readonly #launch: CommandLaunch;
  readonly #feeds: readonly FeedReader[];
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #started: Promise<StartedCommand | null>;
  readonly #over: Promise<ProcessEnding>;
  readonly #waiting: FeedReading[] = [];
  #command: StartedCommand | null = null;
  #wake: () => void = () => {};
  #ending: ProcessEnding | null = null;
  #stopped: { readonly reason: StopReason; readonly groupEnded: Promise<unknown> } | null = null;
  #bytesSeen = 0;
  /** Nobody takes reports any more. */
  #dropping = false;

  constructor(launch: CommandLaunch) {
    this.#launch = launch;
    this.#feeds = launch.feeds.map((feed, i) =>
      openFeed(feed, {
        take: (reading) => this.#take(i, reading),
        mayRead: () => this.#mayRead(),
        isDropping: () => this.#dropping,
      }),
    );
    const { argv, cwd, environment, grace, launcher } = launch;
    const start = launcher.start({ argv, cwd, environment, grace });
    this.#started = start.then((started) => (started.kind === 'started' ? started : null));
    this.#over = start.then(async (started) => {
      if (started.kind !== 'started') return this.#afterEnd(started);
      this.#follow(started);
      return this.#afterEnd(await started.ended);
    });
  }

  /** Why it was asked to end; null where it was not. */
  get stopReason(): StopReason | null {
    return this.#stopped?.reason ?? null;
  }

  /** The next report, or line that should have been one; null when the command has ended and all is read. */
  async next(): Promise<FeedReading | null> {
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
    if (this.#stopped !== null || this.#ending !== null) return;
    writeReason(join(this.#launch.directory, stopName), reason);
    // Who takes memory without end is not given the time to take more.
    const grace = reason === 'memory' ? 0 : this.#launch.grace;
    const groupEnded = this.#started.then((started) => started && endGroup(started.pid, grace));
    this.#stopped = { reason, groupEnded };
  }

  /** Resolves when every process of the group has ended; reports that nobody took are dropped. */
  end(): Promise<ProcessEnding> {
    this.#dropping = true;
    this.#waiting.length = 0;
    for (const feed of this.#feeds) feed.close();
    this.#resume(); // a full pipe would keep its writer from ending
    return this.#over;
  }

  #follow(command: StartedCommand): void {
    const { log, processes } = this.#launch;
    const { stdout, stderr, pid } = command;
    this.#command = command;
    const read = (stream: Readable, from: 'stdout' | 'stderr'): void => {
      stream.on('data', (bytes: Buffer) => {
        this.#bytesSeen += bytes.length;
        log.write(bytes);
        if (!this.#dropping) for (const feed of this.#feeds) feed.onOutput(bytes, from);
        if (!this.#mayRead()) stream.pause();
      });
      stream.resume();
    };
    read(stdout, 'stdout');
    read(stderr, 'stderr');
    this.#timers.push(setTimeout(() => processes.add(pid), BRIEF));
    this.#setLimits(pid);
  }

  #setLimits(pid: number): void {
    const { timeout, maxRss } = this.#launch;
    if (timeout !== null)
      this.#timers.push(setTimeout(() => this.stop('timeout'), Math.min(timeout, 0x7fff_ffff)));
    if (maxRss === null) return;
    const look = (): void => {
      if (residentBytes(groupMembers(pid)) > maxRss) this.stop('memory');
    };
    this.#timers.push(setInterval(look, MEMORY_INTERVAL));
  }

  async #afterEnd(ending: ProcessEnding): Promise<ProcessEnding> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#stopped?.groupEnded;
    const command = this.#command;
    if (command !== null) {
      // What a trial leaves behind when it ends by itself ends with it.
      if (groupExists(command.pid)) await endGroup(command.pid, this.#launch.grace);
      command.release();
      await this.#pipesClosed(command);
    }
    for (const feed of this.#feeds) feed.limitToPresent();
    for (const feed of this.#feeds) while (!this.#dropping && !feed.read()) await pause(1);
    for (const feed of this.#feeds) {
      if (!this.#dropping) feed.finish();
      feed.close();
    }
    this.#launch.log.close();
    if (command !== null) this.#launch.processes.remove(command.pid);
    this.#ending = ending;
    this.#wake();
    return ending;
  }

  /**
   * Reads all that the command printed. A process that left the group may hold a pipe open for ever, so a pipe that
   * stays quiet is given up. Quiet means that the loop looked at the pipe and found nothing: by the clock alone, a
   * driver that did not run for a while would give up what waits to be read.
   */
  async #pipesClosed({ stdout, stderr }: StartedCommand): Promise<void> {
    const isOpen = (): boolean => [stdout, stderr].some((one) => !one.readableEnded && !one.destroyed);
    const closed = new Promise<void>((resolve) => {
      const settle = (): void => {
        if (!isOpen()) resolve();
      };
      for (const stream of [stdout, stderr]) stream.once('end', settle).once('close', settle);
      settle();
    });
    while (isOpen()) {
      const quiet = new AbortController();
      await Promise.race([closed, pause(QUIET_PIPE, undefined, { signal: quiet.signal }).catch(() => {})]);
      quiet.abort();
      if (!isOpen() || stdout.isPaused() || stderr.isPaused()) continue;
      const seen = this.#bytesSeen;
      for (let look = 0; look < LOOKS; look++) await nextTurn();
      if (isOpen() && this.#bytesSeen === seen) {
        stdout.destroy();
        stderr.destroy();
        await closed;
      }
    }
  }

  #take(feed: number, reading: LineReading): void {
    if (this.#dropping) return;
    this.#waiting.push({ feed, reading });
    this.#wake();
  }

  #resume(): void {
    this.#command?.stdout.resume();
    this.#command?.stderr.resume();
  }

  #mayRead(): boolean {
    return this.#waiting.length < MAX_WAITING;
  }

  #readOn(): void {
    this.#resume();
    if (this.#ending === null) for (const feed of this.#feeds) feed.read();
  }
}

/** If the file cannot be written, on a full disk for example, the signal has to do. */
function writeReason(path: string, reason: StopReason): void {
  try {
    writeRegularFile(path, `${JSON.stringify({ reason })}\n`);
  } catch {
    // The program is asked to end without a reason.
  }
}
