import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** A process that answers a JSON line with a JSON line. */
export class TrainingEngine implements AsyncDisposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  constructor(
    readonly name: string,
    command: readonly [string, ...string[]],
    env: NodeJS.ProcessEnv,
  ) {
    const [program, ...args] = command;
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], env });
    this.#reader = createInterface({ input: this.#child.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
    this.#child.on('error', () => this.#reader.close());
    this.#child.stdin.on('error', () => this.#reader.close());
  }

  /** The next line, parsed; null where the process has ended. */
  async answer(): Promise<Readonly<Record<string, number>> | null> {
    const next = await this.#lines.next();
    return next.done ? null : JSON.parse(next.value);
  }

  ask(question: object): Promise<Readonly<Record<string, number>> | null> {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    return this.answer();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode === null && this.#child.pid !== undefined) await once(this.#child, 'exit');
  }
}
