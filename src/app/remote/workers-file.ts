import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RemoteStatus } from '../../execution/kinds/remote-status.js';
import { writeFile } from '../../platform/write-file.js';
import type { HostStatus } from '../../views/model/host-status.js';

const MILLISECONDS_BETWEEN_WRITES = 1_000;

const statusSchema = z.object({
  slots: z.number(),
  workers: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      pid: z.number(),
      slots: z.number(),
      state: z.enum(['working', 'draining', 'left', 'lost']),
      trials: z.array(z.string()),
    }),
  ),
  messages: z.array(z.string()),
});

/** Where a run over Redis leaves what it knows of its workers, for `status` and `watch` in other processes. */
const workersPath = (folder: string): string => join(folder, 'workers.json');

/** Keeps `workers.json` up to date while a run lasts, and removes it at the end. A failure to write is ignored. */
export class WorkersFile implements AsyncDisposable {
  #latest: RemoteStatus | null = null;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly folder: string) {}

  update(status: RemoteStatus): void {
    this.#latest = status;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const text = `${JSON.stringify(this.#latest, null, 2)}\n`;
      this.#writing = writeFile(workersPath(this.folder), text).catch(() => {});
    }, MILLISECONDS_BETWEEN_WRITES);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#writing;
    if (this.#latest !== null) await rm(workersPath(this.folder), { force: true }).catch(() => {});
  }
}

/** What a run that lasts has left about its workers; null if it uses none of other machines. */
export function readWorkersFile(folder: string): RemoteStatus | null {
  try {
    return statusSchema.parse(JSON.parse(readFileSync(workersPath(folder), 'utf8')));
  } catch {
    return null;
  }
}

/** The workers by machine. Those that left are not among them. */
export function hostsOf({ workers }: RemoteStatus): readonly HostStatus[] {
  const hosts = new Map<string, HostStatus>();
  for (const { host, slots, state, trials } of workers) {
    if (state === 'left') continue;
    const before = hosts.get(host) ?? { host, workers: 0, slots: 0, trials: [], draining: 0, lost: 0 };
    const isHere = state !== 'lost';
    hosts.set(host, {
      host,
      workers: before.workers + (isHere ? 1 : 0),
      slots: before.slots + (state === 'working' ? slots : 0),
      trials: isHere ? [...before.trials, ...trials] : before.trials,
      draining: before.draining + (state === 'draining' ? 1 : 0),
      lost: before.lost + (isHere ? 0 : 1),
    });
  }
  return [...hosts.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
}

/** What a view says about workers of other machines: that there are none, or what happened last; else nothing. */
export function remoteMessage({ slots, notice, waiting }: RemoteStatus): string | null {
  if (slots > 0) return notice ?? null;
  if (waiting !== undefined) return notice ?? waiting;
  return (
    'Waits for workers: none takes trials of this campaign now. On any machine with this config, run ' +
    'fitfirst worker <config> --redis <url>.'
  );
}
