import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialCheckpoint } from '../../campaign/outcome.js';
import type { TrialSpec } from '../../campaign/trial.js';
import { checkpointLine, checkpointName, checkpointsFolder } from '../../execution/checkpoint-path.js';
import {
  type CheckpointStore,
  DEFAULT_KEPT_CHECKPOINTS,
  type KeptCheckpoints,
} from '../../execution/checkpoint-store.js';
import { CHECKPOINT_INDEX, CheckpointIndex } from './checkpoint-index.js';

const ENDING = '.checkpoint';
const KIND = 'fitfirst checkpoint 1';

/**
 * Keeps checkpoints in `checkpoints/` of a results folder: a file for each, and for programs a folder of the same name
 * without an ending. Everything that fails here costs time alone, so it is ignored. Once the files take up more than
 * the limit in bytes, no more are saved. Checkpoints that stay when the campaign has ended are listed in an index.
 */
export class CheckpointFiles implements CheckpointStore {
  readonly #folder: string;
  readonly #identity: string;
  readonly #kept: KeptCheckpoints;
  readonly #index: CheckpointIndex;
  /** Bytes of each file and folder, by name; null until they are measured. */
  #sizes: Map<string, number> | null = null;
  /** Lines of the trials that may become longer. */
  #lines: ReadonlySet<string> = new Set();
  #maxEpochs = 0;
  /** Whether what an earlier run left may lie in the folder. */
  #isUnknown = true;

  constructor(results: string, identity: string, kept: KeptCheckpoints = DEFAULT_KEPT_CHECKPOINTS) {
    this.#folder = checkpointsFolder(results);
    this.#identity = identity;
    this.#kept = kept;
    this.#index = new CheckpointIndex(this.#folder, identity);
  }

  async retain(trials: readonly TrialSpec[], maxEpochs: number | null): Promise<void> {
    const retained = maxEpochs === null ? [] : trials;
    const lines = new Set(retained.map((spec) => checkpointLine(this.#identity, spec)));
    const isLess = this.#isUnknown || [...this.#lines].some((line) => !lines.has(line));
    const isFirst = this.#isUnknown;
    this.#lines = lines;
    this.#maxEpochs = maxEpochs ?? 0;
    this.#isUnknown = false;
    if (!isLess) return;
    const names = await this.#names();
    const staying = await this.#staying();
    const isNeeded = (name: string): boolean => staying.includes(name) || lines.has(lineOf(name));
    // A folder without its file may be that of a program which runs.
    const isLeft = (name: string): boolean => isFirst || names.includes(`${name}${ENDING}`);
    const mayRun = this.#kept.which !== 'none';
    await this.#removeAll(names.filter((one) => !isNeeded(stemOf(one)) && (!mayRun || isLeft(stemOf(one)))));
    if (lines.size === 0 && !mayRun) await this.#remove('.');
  }

  async conclude(chosen: TrialSpec | null): Promise<void> {
    const best = chosen === null ? null : checkpointName(this.#identity, chosen);
    const listed = await this.#staying();
    const staying = this.#kept.which === 'best' ? listed.filter((name) => name === best) : listed;
    if (staying.length === 0) return this.#remove('.');
    await this.#removeAll((await this.#names()).filter((name) => !staying.includes(stemOf(name))));
    await attempt(() => this.#index.reduce(staying));
  }

  /** The names of checkpoints that stay, or may. */
  async #staying(): Promise<readonly string[]> {
    return this.#kept.which === 'none' ? [] : this.#index.names();
  }

  wants(spec: TrialSpec): boolean {
    return this.#stays(spec) || this.#mayGoOn(spec);
  }

  #mayGoOn(spec: TrialSpec): boolean {
    return spec.epochs < this.#maxEpochs && this.#lines.has(checkpointLine(this.#identity, spec));
  }

  async save(spec: TrialSpec, checkpoint: TrialCheckpoint): Promise<void> {
    if (!this.wants(spec)) return;
    const name = checkpointName(this.#identity, spec);
    const bytes = encode(checkpoint);
    const total = await this.#sizeWith(name);
    if (total + bytes.length > this.#kept.limit) return this.#remove(name);
    const path = join(this.#folder, `${name}${ENDING}`);
    await attempt(async () => {
      await mkdir(this.#folder, { recursive: true });
      // Whole or not at all. It need not be on disk at once: a checkpoint that is lost costs time alone.
      await writeFile(`${path}.new`, bytes);
      await rename(`${path}.new`, path);
      this.#sizes?.set(`${name}${ENDING}`, bytes.length);
      if (this.#stays(spec)) await this.#index.add(spec);
    });
  }

  async discard(spec: TrialSpec): Promise<void> {
    if (this.wants(spec)) await this.#remove(checkpointName(this.#identity, spec));
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

  /** Whether its checkpoint stays when the campaign has ended, or may. */
  #stays(spec: TrialSpec): boolean {
    const { which } = this.#kept;
    return which === 'all' || (which === 'best' && spec.finish !== null);
  }

  async #removeAll(names: readonly string[]): Promise<void> {
    for (const name of names)
      if (name !== CHECKPOINT_INDEX || this.#kept.which === 'none') await this.#remove(name);
  }

  async #remove(name: string): Promise<void> {
    if (name === '.') this.#sizes = null;
    else this.#sizes?.delete(name);
    await attempt(() => rm(join(this.#folder, name), { recursive: true, force: true }));
  }

  /** The bytes of all checkpoints, of which this one has changed. */
  async #sizeWith(name: string): Promise<number> {
    if (this.#sizes === null) {
      const measured = await Promise.all(
        (await this.#names()).map(async (one) => [one, await this.#measure(one)] as const),
      );
      this.#sizes = new Map(measured);
    }
    this.#sizes.set(name, await this.#measure(name));
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  async #measure(name: string): Promise<number> {
    const path = join(this.#folder, name);
    const inside = (await attempt(() => readdir(path, { recursive: true }))) ?? [];
    const sizes = [path, ...inside.map((one) => join(path, one))].map((one) => attempt(() => lstat(one)));
    return (await Promise.all(sizes)).reduce((sum, one) => sum + (one?.isFile() === true ? one.size : 0), 0);
  }
}

/** The name of a checkpoint, of its file or its folder. */
const stemOf = (name: string): string => name.replace(/\..*$/, '');

/** The part of the name that trials share if they differ in epochs alone. */
const lineOf = (name: string): string => name.slice(0, name.indexOf('-'));

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
