import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialSpec } from '../../campaign/trial.js';
import { checkpointName } from '../../execution/checkpoint-path.js';

/** Its name in the folder of checkpoints. */
export const CHECKPOINT_INDEX = 'index.jsonl';

/** The list of checkpoints that stay when the campaign has ended: a line of JSON for each. */
export class CheckpointIndex {
  readonly #path: string;
  #lines: Map<string, string> | null = null;

  constructor(
    folder: string,
    private readonly identity: string,
  ) {
    this.#path = join(folder, CHECKPOINT_INDEX);
  }

  /** The names of the checkpoints that are listed. */
  async names(): Promise<readonly string[]> {
    return [...(await this.#read()).keys()];
  }

  async add(spec: TrialSpec): Promise<void> {
    const name = checkpointName(this.identity, spec);
    const { parameters, repeat, epochs, finish } = spec;
    const stage = finish === null ? 'search' : 'finish';
    const line = `${JSON.stringify({ checkpoint: name, parameters, repeat, epochs, stage })}\n`;
    const lines = await this.#read();
    if (lines.has(name)) return;
    lines.set(name, line);
    await appendFile(this.#path, line);
  }

  /** Lists these alone. */
  async reduce(names: readonly string[]): Promise<void> {
    const lines = await this.#read();
    for (const name of [...lines.keys()]) if (!names.includes(name)) lines.delete(name);
    if (lines.size === 0) await rm(this.#path, { force: true });
    else await writeFile(this.#path, [...lines.values()].join(''));
  }

  async #read(): Promise<Map<string, string>> {
    this.#lines ??= new Map(
      (await readFile(this.#path, 'utf8').catch(() => '')).split(/(?<=\n)/).flatMap(named),
    );
    return this.#lines;
  }
}

/** A line with the name that it lists; none if it was cut. */
function named(line: string): [string, string][] {
  const name = /^\{"checkpoint":"([\w-]+)".*\}\n$/.exec(line)?.[1];
  return name === undefined ? [] : [[name, line]];
}
