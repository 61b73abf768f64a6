/** What is known of the workers of an executor that runs trials elsewhere. */
export interface RemoteStatus {
  /** Trials that all workers together run at once. */
  readonly slots: number;
  readonly workers: readonly RemoteWorker[];
  /** Sentences about what was refused, removed or lost, the latest last. */
  readonly messages: readonly string[];
  /** The latest message, for a while. */
  readonly notice?: string;
  /** What a view says while there are no slots; left out, how to start a worker of a queue. */
  readonly waiting?: string;
}

/** A process that takes trials. */
export interface RemoteWorker {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly slots: number;
  readonly state: 'working' | 'draining' | 'left' | 'lost';
  /** Keys of the trials that it runs. */
  readonly trials: readonly string[];
}
