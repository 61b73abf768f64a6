import type { RemoteStatus } from '../../src/execution/kinds/remote-status.js';

/** The status of remote workers as an executor tells it, to look at and to wait for. */
export interface StatusFeed {
  readonly onStatus: (now: RemoteStatus) => void;
  readonly status: () => RemoteStatus;
  /** Resolves once the status is as wanted. */
  readonly until: (condition: (status: RemoteStatus) => boolean) => Promise<void>;
}

export function createStatusFeed(): StatusFeed {
  let status: RemoteStatus = { slots: 0, workers: [], messages: [] };
  const listeners = new Set<() => void>();
  return {
    onStatus: (now) => {
      status = now;
      for (const listener of listeners) listener();
    },
    status: () => status,
    until: (condition) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!condition(status)) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
      }),
  };
}
