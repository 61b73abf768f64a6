/** The names that driver and workers of a campaign share in Redis. */
export interface QueueNames {
  /** The queue of BullMQ. */
  readonly queue: string;
  /** The prefix of BullMQ's keys. */
  readonly prefix: string;
  /** The hash of a job of BullMQ. */
  job(id: string): string;
  /** The list of jobs that wait. */
  readonly waiting: string;
  /** What the driver says about its campaign, for as long as it runs. */
  readonly campaign: string;
  /** Held by the driver of the queue. */
  readonly lease: string;
  /** Exists once a trial is to end. */
  stop(job: string): string;
  /** The checkpoint from which a trial goes on. */
  start(job: string): string;
  /** The networks of a committee's members. */
  members(job: string): string;
  /** The result of one run of a job, if it is too large for the queue. */
  result(job: string, run: string): string;
  /** What workers say to the driver. */
  readonly toDriver: string;
  /** What the driver says to all workers. */
  readonly toWorkers: string;
}

/** Names for a queue. The name of a campaign serves if the config names no queue. */
export function queueNames(name: string): QueueNames {
  // BullMQ separates the parts of its keys by colons.
  const queue = name.replaceAll(/[^\w.-]/g, '_');
  const own = `fitfirst:${queue}`;
  const prefix = 'fitfirst-queue';
  return {
    queue,
    prefix,
    job: (id) => `${prefix}:${queue}:${id}`,
    waiting: `${prefix}:${queue}:wait`,
    campaign: `${own}:campaign`,
    lease: `${own}:driver`,
    stop: (job) => `${own}:stop:${job}`,
    start: (job) => `${own}:start:${job}`,
    members: (job) => `${own}:members:${job}`,
    result: (job, run) => `${own}:result:${job}:${run}`,
    toDriver: `${own}:to-driver`,
    toWorkers: `${own}:to-workers`,
  };
}
