import { type ChildProcess, fork } from 'node:child_process';
import { Socket } from 'node:net';
import { entryUrl } from '../../../platform/entry-url.js';
import { LaunchedCommand, type NotStarted, type StartedCommand } from './launched-command.js';
import type { CommandToStart, LauncherNews, LauncherTask } from './launcher-message.js';
import { OutputConnections } from './output-connections.js';
import { SignsOfLife } from './signs-of-life.js';

export interface LauncherProcessOptions {
  /** Commands that may run at once; more can, but begin later. */
  readonly atOnce: number;
  /** The environment of the process itself. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when the process has ended, before anybody hears of it who waits for a command. */
  readonly onEnd: () => void;
  /** Milliseconds after which a process that gives no sign of life is ended; 10 s by default. */
  readonly patience?: number;
}

/** Commands whose output is connected in advance, in addition to those that may run at once. */
const SPARE_OUTPUTS = 8;
/** A process that may be stopped for good is ended after this time without an answer; a busy machine answers sooner. */
const PATIENCE = 10_000;
/** Milliseconds that a process may take to load. */
const LONGEST_START = 60_000;
/** Characters that are kept of what the process says about its own death. */
const LAST_WORDS = 2_000;
/** What it does is not worth a thread, and threads make it slower to start processes from. */
const nodeOptions = ['--v8-pool-size=0', '--max-semi-space-size=1'];

/** The process died before it could start anything. */
export class LauncherDied extends Error {
  override readonly name = 'LauncherDied';
}

/** One process that starts commands, from its beginning to its end. */
export class LauncherProcess {
  readonly #connections: OutputConnections;
  readonly #child: ChildProcess;
  readonly #courses = new Map<number, LaunchedCommand>();
  #commands = 0;
  /** Commands that have not ended: they keep Node running, and an idle launcher does not. */
  #underWay = 0;
  /** The longest grace of a command that it was asked to start. */
  #grace = 0;
  #words = '';
  readonly #patience: number;
  readonly #signs: SignsOfLife;
  #death: NotStarted | null = null;

  readonly #ready: Promise<void>;
  #nowReady: () => void = () => {};

  /** Resolves when the process has ended. */
  readonly over: Promise<void>;

  /** Resolves when it can start commands; rejects where it cannot be started itself. */
  static async begin(options: LauncherProcessOptions): Promise<LauncherProcess> {
    const connections = new OutputConnections();
    try {
      await connections.listen();
    } catch (error) {
      connections.close();
      throw error;
    }
    const launcher = new LauncherProcess(connections, options);
    const tooLong = setTimeout(() => launcher.#signs.giveUp(), LONGEST_START);
    await Promise.race([launcher.#ready, launcher.over]);
    clearTimeout(tooLong);
    if (launcher.#death !== null) throw new LauncherDied(launcher.#death.message);
    launcher.#keepNodeRunning(false);
    return launcher;
  }

  private constructor(
    connections: OutputConnections,
    { atOnce, environment, onEnd, patience = PATIENCE }: LauncherProcessOptions,
  ) {
    this.#connections = connections;
    const { url, execArgv } = entryUrl('launcher-program', import.meta.url);
    this.#child = fork(url, [connections.path, String(2 * (atOnce + SPARE_OUTPUTS))], {
      execArgv: [...execArgv, ...nodeOptions],
      env: { ...environment },
      // In a session of its own: signals of the terminal are not for it, and it outlives this process.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#patience = patience;
    this.#signs = new SignsOfLife(patience, {
      ask: () => this.#tell({ kind: 'ping' }),
      onSilence: () => this.#child.kill('SIGKILL'),
    });
    const { stderr } = this.#child;
    stderr?.on('data', (bytes: Buffer) => {
      this.#words = `${this.#words}${bytes}`.slice(-LAST_WORDS);
    });
    this.#child.on('message', (news: LauncherNews) => this.#hear(news));
    this.#ready = new Promise((resolve) => {
      this.#nowReady = resolve;
    });
    this.over = new Promise((resolve) => {
      const end = (reason: string): void => {
        onEnd();
        this.#die(reason);
        resolve();
      };
      this.#child.on('error', (error) => {
        if (this.#child.pid === undefined) end(error.message);
      });
      // 'close' does not come where the channel was closed from this side.
      this.#child.once('exit', (code, signal) => {
        const reason = this.#signs.isSilent ? 'it did not answer' : (signal ?? `exit code ${code}`);
        if (stderr === null || stderr.closed) end(reason);
        else stderr.once('close', () => end(reason));
      });
    });
  }

  async start(command: CommandToStart): Promise<StartedCommand | NotStarted> {
    if (this.#underWay++ === 0) this.#keepNodeRunning(true);
    const outputs = await this.#connections.take();
    if (outputs === null || this.#death !== null) {
      this.#oneLess();
      return this.#death ?? { kind: 'lost', message: 'The launcher was closed.' };
    }
    const id = this.#commands++;
    this.#grace = Math.max(this.#grace, command.grace);
    const [stdout, stderr] = outputs;
    const course = new LaunchedCommand(outputs, () => this.#tell({ kind: 'over', id }));
    this.#courses.set(id, course);
    this.#tell({ kind: 'start', id, outputs: [stdout.number, stderr.number], ...command });
    return course.started;
  }

  /** Resolves when the process has ended; commands that run are ended by it before. */
  async close(): Promise<void> {
    this.#keepNodeRunning(true);
    if (this.#child.connected) this.#child.disconnect();
    const tooLong = setTimeout(() => this.#signs.giveUp(), this.#grace + this.#patience);
    await this.over;
    clearTimeout(tooLong);
  }

  #hear(news: LauncherNews): void {
    if (news.kind === 'ready') {
      this.#nowReady();
      return;
    }
    this.#signs.hear();
    if (news.kind === 'pong') return;
    this.#courses.get(news.id)?.hear(news);
    if (news.kind !== 'started' && this.#courses.delete(news.id)) this.#oneLess();
  }

  #die(reason: string): void {
    const words = this.#words.trim();
    this.#signs.watch(false);
    const message = `The process that starts commands has ended (${reason})${words === '' ? '.' : `: ${words}`}`;
    this.#death = { kind: 'lost', message };
    this.#connections.close();
    for (const course of this.#courses.values()) {
      course.breakOff(this.#death);
      this.#oneLess();
    }
    this.#courses.clear();
  }

  #tell(task: LauncherTask): void {
    // A task that cannot be sent needs no handling: those that wait for its answer hear of the end of the process.
    if (this.#child.connected) this.#child.send(task, () => {});
  }

  #oneLess(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#keepNodeRunning(false);
  }

  /** While it has something to do, it also has to give signs of life. */
  #keepNodeRunning(keep: boolean): void {
    this.#signs.watch(keep);
    const { channel, stderr } = this.#child;
    const words = stderr instanceof Socket ? stderr : null;
    for (const handle of [this.#child, channel, words]) {
      if (keep) handle?.ref();
      else handle?.unref();
    }
  }
}
