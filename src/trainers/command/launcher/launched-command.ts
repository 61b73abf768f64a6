import type { Readable } from 'node:stream';
import type { ProcessEnding } from '../ending.js';
import type { LauncherNews } from './launcher-message.js';
import type { OutputPair } from './output-connections.js';

/** A command that has been started. */
export interface StartedCommand {
  readonly kind: 'started';
  /** Its process, the leader of a group and a session of its own. */
  readonly pid: number;
  /** What it prints waits until this is resumed. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly ended: Promise<ProcessEnding>;
  /** To be called when nothing is left of its group, which is ended until then where fitfirst is killed. */
  readonly release: () => void;
}

/** Why there is no command. */
export type NotStarted = Extract<ProcessEnding, { kind: 'not-started' | 'lost' }>;

/** What the launcher tells of one command, and what comes of that. */
export class LaunchedCommand {
  #begin: (started: StartedCommand | NotStarted) => void = () => {};
  #end: (ending: ProcessEnding) => void = () => {};
  readonly #ended = new Promise<ProcessEnding>((resolve) => {
    this.#end = resolve;
  });

  readonly started = new Promise<StartedCommand | NotStarted>((resolve) => {
    this.#begin = resolve;
  });

  constructor(
    private readonly outputs: OutputPair,
    private readonly release: () => void,
  ) {
    for (const { socket } of outputs) socket.ref();
  }

  hear(news: Extract<LauncherNews, { id: number }>): void {
    switch (news.kind) {
      case 'started': {
        const [stdout, stderr] = this.outputs.map(({ socket }) => socket);
        if (stdout === undefined || stderr === undefined) return;
        const { pid } = news;
        this.#begin({ kind: 'started', pid, stdout, stderr, ended: this.#ended, release: this.release });
        return;
      }
      case 'not-started':
        this.breakOff({ kind: 'not-started', message: news.message });
        return;
      case 'ended':
        this.#end(
          news.signal === null
            ? { kind: 'exit', code: news.code ?? 0 }
            : { kind: 'signal', signal: news.signal },
        );
        return;
      default:
        news satisfies never;
    }
  }

  /** There is no command, or nobody is left who would tell how it ends. */
  breakOff(reason: NotStarted): void {
    this.#begin(reason);
    this.#end(reason);
  }
}
