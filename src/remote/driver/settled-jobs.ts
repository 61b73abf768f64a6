import type { QueueLink } from './queue-link.js';

/** Beats for which the job of a settled trial is kept, so that a driver that dies now can adopt it. */
const BEATS_TO_KEEP = 3;
/** Jobs that are removed in one round trip. */
const MAX_AT_ONCE = 500;

/** Jobs whose trials are settled, until they are removed from Redis. Time is counted in beats of the driver. */
export class SettledJobs {
  /** The beat at which a job is removed, and the run whose result was read. */
  readonly #jobs = new Map<string, { readonly beat: number; readonly run: string | null }>();

  constructor(private readonly link: QueueLink) {}

  has(job: string): boolean {
    return this.#jobs.has(job);
  }

  add(job: string, run: string | null, now: number): void {
    this.#jobs.set(job, { beat: now + BEATS_TO_KEEP, run });
  }

  /** Removes the jobs that were kept long enough. A job that a worker still runs is removed later. */
  async removeDue(now: number): Promise<void> {
    await this.#remove([...this.#jobs].filter(([, { beat }]) => beat <= now));
  }

  async removeAll(): Promise<void> {
    await this.#remove([...this.#jobs]);
  }

  async #remove(jobs: readonly (readonly [string, { readonly run: string | null }])[]): Promise<void> {
    for (let start = 0; start < jobs.length; start += MAX_AT_ONCE) {
      const some = jobs.slice(start, start + MAX_AT_ONCE);
      const gone = await this.link.removeAll(new Map(some.map(([job, { run }]) => [job, run])));
      for (const job of gone) this.#jobs.delete(job);
    }
  }
}
