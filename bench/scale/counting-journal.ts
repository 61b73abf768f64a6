import { CHAIN_START, encodeHeader, encodeReadable, JOURNAL_FORMAT } from '../../src/journal/codec.js';
import type { Entry, Journal, JournalIdentity } from '../../src/journal/journal.js';

const IDENTITY: JournalIdentity = { engine: '0.1.0', config: '0'.repeat(64), data: null };

/** A journal that keeps nothing but the number of its entries and the size that its file would have. */
export class CountingJournal<Event> implements Journal<Event> {
  readonly path = 'the journal that is counted';
  readonly header = { format: JOURNAL_FORMAT, ...IDENTITY };
  entriesCount = 0;
  bytes = encodeHeader(IDENTITY).length;

  /** `now` is in milliseconds since 1970. */
  constructor(private readonly now: () => number) {}

  async *entries(): AsyncGenerator<Entry<Event>, void, undefined> {}

  async append(event: Event): Promise<Entry<Event>> {
    this.entriesCount += 1;
    const numbered = { seq: this.entriesCount, at: new Date(this.now()).toISOString(), event };
    const { line, entry } = encodeReadable(numbered, CHAIN_START);
    this.bytes += line.length;
    return entry;
  }

  async flush(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}
