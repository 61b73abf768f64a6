import type { LineReading } from '../reading/report-line.js';

/** What a program writes somewhere else than to its outputs, read while it runs. */
export interface FollowedSource {
  /** Reads what is new; false if more is left. */
  read(): boolean;
  /** Ignores what is written from now on. */
  limitToPresent(): void;
  /** What can only be read at the end, when nothing is written any more. */
  finish?(): readonly LineReading[];
  close(): void;
}

/** Where a followed source passes on what it reads. */
export interface SourceSink {
  readonly take: (reading: LineReading) => void;
  /** Asked before each piece. */
  readonly mayRead: () => boolean;
}

/** Milliseconds between two looks at a file that may not be there yet, or may be replaced. */
export const LOOK_INTERVAL = 500;
