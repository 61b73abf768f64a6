/** An event, numbered and dated. */
export interface Entry<Event> {
  /** Counted from 1. */
  readonly seq: number;
  /** When the event was appended: ISO 8601, UTC. */
  readonly at: string;
  readonly event: Event;
}

/** What a journal was created with. */
export interface JournalIdentity {
  /** Version of the engine that created the journal. */
  readonly engine: string;
  /** Hash of the resolved config. */
  readonly config: string;
  /** Hash of the contents of the data; null for a campaign without data. */
  readonly data: string | null;
}

/** The first line of a journal. */
export interface JournalHeader extends JournalIdentity {
  /** Version of the format that the lines are written in. */
  readonly format: number;
}

/** Turns the contents of a line into an event. Throws, with a readable message, if they are not an event. */
export type ParseEvent<Event> = (value: unknown) => Event;

/**
 * The events of a campaign, in order, kept for good. Everything else is computed from them.
 *
 * Disposing of a journal waits for appended events, then releases it for other writers. It does not report whether
 * the events were kept: `flush` does.
 */
export interface Journal<Event> extends AsyncDisposable {
  /** What the journal was created with. For an older campaign it may differ from what it was opened with. */
  readonly header: JournalHeader;
  /** What messages call it: the path of its file, if it has one. */
  readonly path: string;

  /** The durable entries at the moment of the call, in order. May be called again. */
  entries(): AsyncIterable<Entry<Event>>;

  /**
   * Appends an event and resolves when it is durable. Entries are numbered in the order of the calls and become
   * durable in that order, so waiting for one is enough to know that all before it are durable.
   *
   * The promise may be dropped: its rejection is then handled, and every later append rejects with the same error.
   * Rejects with `JOURNAL_WRITE_FAILED` once a write has failed, with `CAMPAIGN_MISSING` once the files of the journal
   * were deleted, moved or replaced, and with a TypeError for an event that could not be read back.
   */
  append(event: Event): Promise<Entry<Event>>;

  /** Resolves when all appended events are durable; rejects if one of them could not be written. */
  flush(): Promise<void>;
}
