import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialCheckpoint } from '../campaign/outcome.js';
import type { TrialSpec } from '../campaign/trial.js';
import { checkpointLine, checkpointName, checkpointsFolder } from '../execution/checkpoint-path.js';
import type { CheckpointStore } from '../execution/checkpoint-store.js';

/** Bytes that the checkpoints of a campaign may take by default: 2 GiB. */
const CHECKPOINT_LIMIT = 2 * 1024 ** 3;

const ENDING = '.checkpoint';
const KIND = 'fitfirst checkpoint 1';

/**
 * Keeps checkpoints in `checkpoints/` of a results folder: a file for each, and for programs a folder of the same name
 * without an ending. Everything that fails here costs time alone, so it is ignored. Once the files take up more than
 * the limit in bytes, no more are saved.
 */
export class CheckpointFiles implements CheckpointStore {
  readonly #folder: string;
  readonly #identity: string;
  readonly #limit: number;
  /** Lines of the trials that may become longer. */
  #lines: ReadonlySet<string> = new Set();
  #maxEpochs = 0;
  /** Whether what an earlier run left may lie in the folder. */
  #isUnknown = true;

  constructor(results: string, identity: string, limit: number = CHECKPOINT_LIMIT) {
    this.#folder = checkpointsFolder(results);
    this.#identity = identity;
    this.#limit = limit;
  }

  async retain(trials: readonly TrialSpec[], maxEpochs: number | null): Promise<void> {
    const retained = maxEpochs === null ? [] : trials;
    const lines = new Set(retained.map((spec) => checkpointLine(this.#identity, spec)));
    const isLess = this.#isUnknown || [...this.#lines].some((line) => !lines.has(line));
    this.#lines = lines;
    this.#maxEpochs = maxEpochs ?? 0;
    this.#isUnknown = false;
    if (!isLess) return;
    for (const name of await this.#names()) {
      if (!lines.has(name.slice(0, name.indexOf('-')))) await this.#remove(name);
    }
    if (lines.size === 0) await this.#remove('.');
  }

  wants(spec: TrialSpec): boolean {
    return spec.epochs < this.#maxEpochs && this.#lines.has(checkpointLine(this.#identity, spec));
  }

  async save(spec: TrialSpec, checkpoint: TrialCheckpoint): Promise<void> {
    if (!this.wants(spec)) return;
    const name = checkpointName(this.#identity, spec);
    const bytes = encode(checkpoint);
    if ((await this.#size()) + bytes.length > this.#limit) return this.#remove(name);
    const path = join(this.#folder, `${name}${ENDING}`);
    await attempt(async () => {
      await mkdir(this.#folder, { recursive: true });
      // Whole or not at all. It need not be on disk at once: a checkpoint that is lost costs time alone.
      await writeFile(`${path}.new`, bytes);
      await rename(`${path}.new`, path);
    });
  }

  async shorterThan(spec: TrialSpec): Promise<readonly number[]> {
    if (!this.#lines.has(checkpointLine(this.#identity, spec))) return [];
    const start = `${checkpointLine(this.#identity, spec)}-`;
    return (await this.#names())
      .flatMap((name) =>
        name.startsWith(start) && name.endsWith(ENDING)
          ? [Number(name.slice(start.length, -ENDING.length))]
          : [],
      )
      .filter((epochs) => epochs < spec.epochs)
      .sort((a, b) => b - a);
  }

  async read(spec: TrialSpec): Promise<TrialCheckpoint | null> {
    const path = join(this.#folder, `${checkpointName(this.#identity, spec)}${ENDING}`);
    const bytes = await attempt(() => readFile(path));
    return bytes === null ? null : decode(bytes);
  }

  async #names(): Promise<readonly string[]> {
    return (await attempt(() => readdir(this.#folder))) ?? [];
  }

  async #remove(name: string): Promise<void> {
    await attempt(() => rm(join(this.#folder, name), { recursive: true, force: true }));
  }

  async #size(): Promise<number> {
    const names = (await attempt(() => readdir(this.#folder, { recursive: true }))) ?? [];
    const sizes = names.map((name) => attempt(() => stat(join(this.#folder, name))));
    return (await Promise.all(sizes)).reduce((sum, file) => sum + (file?.size ?? 0), 0);
  }
}

async function attempt<Result>(action: () => Promise<Result>): Promise<Result | null> {
  try {
    return await action();
  } catch {
    return null;
  }
}

/** A line with the kind, the numbers and the SHA-256 of the rest; then the state. */
function encode({ epochs, reportsUpTo, state }: TrialCheckpoint): Uint8Array {
  const head = [KIND, epochs, reportsUpTo, checksum(epochs, reportsUpTo, state)].join(',');
  return Buffer.concat([Buffer.from(`${head}\n`), state]);
}

function decode(bytes: Uint8Array): TrialCheckpoint | null {
  const end = bytes.indexOf(10);
  const [kind, ...words] = Buffer.from(bytes.subarray(0, Math.max(0, end)))
    .toString('latin1')
    .split(',');
  const [epochs, reportsUpTo] = [Number(words[0]), Number(words[1])];
  const state = new Uint8Array(bytes.subarray(end + 1));
  const isWhole = kind === KIND && words[2] === checksum(epochs, reportsUpTo, state);
  return isWhole ? { epochs, reportsUpTo, state } : null;
}

function checksum(epochs: number, reportsUpTo: number, state: Uint8Array): string {
  return createHash('sha256').update(`${epochs},${reportsUpTo}\n`).update(state).digest('hex');
}
