/** An event, numbered and dated. */
export interface Entry<Event> {
  /** 1 for the first event of a campaign, then one more each. */
  readonly seq: number;
  /** When the event was appended: ISO 8601, UTC. */
  readonly at: string;
  readonly event: Event;
}

/** What a journal was begun with. */
export interface JournalIdentity {
  /** Version of the engine that began the journal. */
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

/** Makes an event of what a line holds; throws, with words for a person, where it is none. */
export type ParseEvent<Event> = (value: unknown) => Event;

/**
 * The events of a campaign, in order, kept for good: the only truth there is.
 *
 * Disposing of a journal waits for what was appended, then lets go of it for other writers. It does not say whether
 * the appended events were kept: `flush` does.
 */
export interface Journal<Event> extends AsyncDisposable {
  /** What the journal was begun with, which for an older campaign may differ from what it was opened with. */
  readonly header: JournalHeader;

  /** The durable entries, in order, up to the last one at the moment of the call. May be called again. */
  entries(): AsyncIterable<Entry<Event>>;

  /**
   * Appends an event and resolves when it is durable. Entries are numbered in the order of the calls and become
   * durable in that order, so one that is waited for vouches for all before it.
   *
   * The promise may be dropped: its rejection is then no unhandled one, and every later append rejects with the same
   * error. Rejects with `JOURNAL_WRITE_FAILED` once a write has failed, and with a TypeError for an event that could
   * not be read back.
   */
  append(event: Event): Promise<Entry<Event>>;

  /** Resolves when all that was appended is durable; rejects if any of it is not, and never will be. */
  flush(): Promise<void>;
}
