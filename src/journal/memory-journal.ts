import { toError } from '../text/error-message.js';
import { CHAIN_START, encodeReadable, JOURNAL_FORMAT } from './codec.js';
import type { Entry, Journal, JournalHeader, JournalIdentity } from './journal.js';

/** What a journal in memory needs. */
export interface MemoryJournalOptions {
  readonly identity: JournalIdentity;
  readonly now: () => Date;
}

/** A journal in memory, for campaigns without files and for tests. */
export class MemoryJournal<Event> implements Journal<Event> {
  readonly path = 'the journal in memory';
  readonly header: JournalHeader;
  readonly #entries: Entry<Event>[] = [];
  #failure: Error | null = null;

  constructor(private readonly options: MemoryJournalOptions) {
    this.header = { format: JOURNAL_FORMAT, ...options.identity };
  }

  entries(): AsyncIterable<Entry<Event>> {
    return each(this.#entries.slice());
  }

  append(event: Event): Promise<Entry<Event>> {
    const appended = this.#append(event);
    // If the caller drops the promise, the next append rejects with the same error.
    appended.catch(() => {});
    return appended;
  }

  async flush(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#failure ??= new Error('The journal is closed.');
  }

  async #append(event: Event): Promise<Entry<Event>> {
    if (this.#failure !== null) throw this.#failure;
    const { now } = this.options;
    try {
      const numbered = { seq: this.#entries.length + 1, at: now().toISOString(), event };
      const { entry } = encodeReadable(numbered, CHAIN_START);
      this.#entries.push(entry);
      return entry;
    } catch (error) {
      this.#failure = toError(error);
      throw error;
    }
  }
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item, void, undefined> {
  yield* items;
}
