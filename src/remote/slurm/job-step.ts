import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { settleWithin } from '../../platform/settle-within.js';
import { errorMessage } from '../../text/error-message.js';
import { type FromStep, formatStepLine, readFromStep, type ToStep } from './step-message.js';

/** The command that starts a job step. */
export interface StepCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Lines that a step printed last, which say why it ended. */
const KEPT_LINES = 5;
const MAX_LINE_LENGTH = 300;
/** Milliseconds that a worker has to end after its input was closed. */
const CLOSE_MILLISECONDS = 5_000;
/** Milliseconds that srun has to end its step after a SIGTERM. */
const TERMINATE_MILLISECONDS = 3_000;

/**
 * A job step of Slurm with one worker. It ends when its standard input does, so it cannot outlive the driver. It is a
 * process group of its own, because srun would cancel the step at Ctrl-C.
 */
export class JobStep {
  /** Resolves with a phrase such as `exit code 1: srun: error: ...` when the step has ended. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];

  constructor(command: StepCommand, onMessage: (message: FromStep) => void) {
    const { program, args, env } = command;
    this.#child = spawn(program, args, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const { stdin, stdout, stderr } = this.#child;
    // A step that has ended takes no more input; `ended` says so.
    stdin?.on('error', () => {});
    if (stdout !== null) createInterface({ input: stdout }).on('line', (line) => this.#read(line, onMessage));
    if (stderr !== null) createInterface({ input: stderr }).on('line', (line) => this.#keep(line));
    this.ended = new Promise((resolve) => {
      this.#child.on('error', (error) => resolve(errorMessage(error)));
      this.#child.on('close', (code, signal) => {
        const how = code === null ? `signal ${signal}` : `exit code ${code}`;
        resolve([how, ...(this.#lines.length > 0 ? [this.#lines.join(' | ')] : [])].join(': '));
      });
    });
  }

  send(message: ToStep): void {
    if (this.#child.stdin?.writable === true) this.#child.stdin.write(formatStepLine(message));
  }

  /** Ends the worker, through Slurm if it does not end by itself. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    if (await hasSettled(this.ended, CLOSE_MILLISECONDS)) return;
    // srun cancels its step.
    this.#child.kill('SIGTERM');
    if (await hasSettled(this.ended, TERMINATE_MILLISECONDS)) return;
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  #read(line: string, onMessage: (message: FromStep) => void): void {
    try {
      const message = readFromStep(line);
      if (message === null) this.#keep(line);
      else onMessage(message);
    } catch (error) {
      this.#keep(`a wrong message: ${errorMessage(error)}`);
    }
  }

  #keep(line: string): void {
    this.#lines.push(line.slice(0, MAX_LINE_LENGTH));
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  }
}

async function hasSettled(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let isSettled = false;
  await settleWithin(
    work.then(() => {
      isSettled = true;
    }),
    milliseconds,
  );
  return isSettled;
}
