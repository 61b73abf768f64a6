import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What became of an input. */
export interface Attempt<Outcome> {
  readonly number: number;
  readonly outcome: Outcome;
  /** Seconds of processor time that it took. */
  readonly seconds: number;
  /** Memory of the process after it, in bytes. */
  readonly memory: number;
}

/** What watches a process that tries inputs. */
export interface Watch<Outcome> {
  /** The file of the process, which calls `tryInputs`, and its arguments before the numbers. */
  readonly file: string;
  readonly words: readonly string[];
  onAttempt(attempt: Attempt<Outcome>): void;
  /** Called for an input that is stuck or ended its process. */
  onLoss(number: number, why: string): void;
}

/** Nothing that is not stuck takes so much processor time. */
const MAX_BUSY_SECONDS = 60;
/** Seconds without any work after which an input waits for something that never comes. */
const MAX_IDLE_SECONDS = 600;
const HEAP_MB = 1024;
const LOOK_EVERY_MS = 1000;
/** What Linux counts processor time in. */
const TICKS_PER_SECOND = 100;

/** Tries the inputs of some numbers one after the other, and reports each to the process that started this one. */
export async function tryInputs<Outcome>(
  first: number,
  end: number,
  attempt: (number: number, folder: string) => Promise<Outcome>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-soak-'));
  try {
    for (let number = first; number < end; number++) {
      const began = process.cpuUsage();
      const outcome = await attempt(number, folder);
      const { user, system } = process.cpuUsage(began);
      const memory = process.memoryUsage.rss();
      process.send?.({ number, outcome, seconds: (user + system) / 1e6, memory } satisfies Attempt<Outcome>);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    process.disconnect?.();
  }
}

/** Has the inputs from `first` to before `end` tried by processes. One that loses an input is replaced. */
export async function watchInputs<Outcome>(first: number, end: number, watch: Watch<Outcome>): Promise<void> {
  for (let next = first; next < end; ) next = await watchProcess(next, end, watch);
}

/** The number of the first input that the process has not tried. */
function watchProcess<Outcome>(first: number, end: number, watch: Watch<Outcome>): Promise<number> {
  const { file, words, onAttempt, onLoss } = watch;
  const child = fork(file, ['work', ...words, String(first), String(end)], {
    execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MB}`],
  });
  let next = first;
  const stuck = new StuckGuard(child);
  child.on('message', (attempt: Attempt<Outcome>) => {
    stuck.startOver();
    next = attempt.number + 1;
    onAttempt(attempt);
  });
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      stuck.release();
      if (next < end) onLoss(next++, stuck.found ?? `the process ended with ${signal ?? code}`);
      resolve(next);
    });
  });
}

/**
 * Ends a process that is stuck: it uses up its processor time without an answer, or has none to do. Time on the clock
 * says nothing, since the process may hardly run on a busy machine.
 */
class StuckGuard {
  found: string | null = null;
  #before = 0;
  #last = 0;
  #idle = 0;
  readonly #timer = setInterval(() => this.#look(), LOOK_EVERY_MS);

  constructor(private readonly child: ChildProcess) {}

  /** An input has ended. */
  startOver(): void {
    this.#before = this.#last;
    this.#idle = 0;
  }

  release(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { busy, isReady } = loadOf(this.child.pid);
    this.#idle = busy === this.#last && !isReady ? this.#idle + 1 : 0;
    this.#last = busy;
    const used = busy - this.#before;
    if (used > MAX_BUSY_SECONDS) this.found = `stuck after ${used.toFixed(0)} s of processor time`;
    else if (this.#idle > MAX_IDLE_SECONDS) this.found = `stuck: it has waited for ${this.#idle} s`;
    if (this.found !== null) this.child.kill('SIGKILL');
  }
}

/** Processor time that a process has used, in seconds, and whether it would use more if it got it. Linux only. */
function loadOf(pid: number | undefined): { readonly busy: number; readonly isReady: boolean } {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program is in parentheses, and may hold anything.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return {
      busy: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      isReady: fields[0] === 'R',
    };
  } catch {
    return { busy: 0, isReady: false };
  }
}
