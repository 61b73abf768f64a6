import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { QueueNames } from '../queue-names.js';

const LEASE_MILLISECONDS = 10_000;
const RETRY_MILLISECONDS = 250;

const holderSchema = z.object({ id: z.string(), host: z.string(), pid: z.number(), folder: z.string() });

type Holder = z.output<typeof holderSchema>;

/** Makes sure that a queue has one driver: a driver that ended without a word loses the lease after ten seconds. */
export class DriverLease {
  readonly #me: Holder;

  constructor(
    private readonly client: Redis,
    private readonly names: QueueNames,
    folder: string,
  ) {
    this.#me = { id: randomUUID(), host: hostname(), pid: process.pid, folder };
  }

  /**
   * Takes the lease. Waits for a driver that may have died. A lease of the same results folder on this host is taken
   * over, because the caller holds the folder's lock. Throws EXECUTOR_BROKEN if another driver keeps the lease.
   */
  async take(): Promise<void> {
    const mine = JSON.stringify(this.#me);
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const taken = await this.client.set(this.names.lease, mine, 'PX', LEASE_MILLISECONDS, 'NX');
      if (taken === 'OK') return;
      const holder = await this.#holder();
      if (holder?.host === this.#me.host && holder.folder === this.#me.folder) {
        await this.client.set(this.names.lease, mine, 'PX', LEASE_MILLISECONDS);
        return;
      }
      // A lease that becomes longer is kept by a driver that is alive.
      const left = await this.client.pttl(this.names.lease);
      if (left > before) throw this.#taken(holder);
      before = left;
      await pause(RETRY_MILLISECONDS);
    }
  }

  /** Keeps the lease. Throws EXECUTOR_BROKEN if another driver has taken it. */
  async renew(): Promise<void> {
    const holder = await this.#holder();
    if (holder !== null && holder.id !== this.#me.id) throw this.#taken(holder);
    await this.client.set(this.names.lease, JSON.stringify(this.#me), 'PX', LEASE_MILLISECONDS);
  }

  async release(): Promise<void> {
    if ((await this.#holder())?.id === this.#me.id) await this.client.del(this.names.lease);
  }

  async #holder(): Promise<Holder | null> {
    const text = await this.client.get(this.names.lease);
    if (text === null) return null;
    try {
      return holderSchema.parse(JSON.parse(text));
    } catch {
      return { id: '', host: 'unknown', pid: 0, folder: '' };
    }
  }

  #taken(holder: Holder | null): FitfirstError {
    const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`;
    return new FitfirstError(
      'EXECUTOR_BROKEN',
      `The queue "${this.names.queue}" already has a driver: ${who}. Wait until it has ended, or name another queue ` +
        'in the config of this campaign and its workers: executor: {bullmq: {queue: name}}.',
    );
  }
}
