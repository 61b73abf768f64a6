import type { CampaignEntry, CampaignEvent, StoredEntry } from '../campaign/event.js';
import { SingleEntries } from '../campaign/reported-epochs.js';

/** Something that happened in a campaign, with its number and date in the journal. */
export type TuneEvent = CampaignEvent & Pick<CampaignEntry, 'seq' | 'at'>;

/** Reads the entries that a journal holds already, from the first. */
export type ReadEarlier = () => AsyncIterable<StoredEntry>;

/**
 * The events of a run, for any number of readers. Each reader gets all of them from the first: what happened before it
 * came is read from the journal, the rest is kept for it until it asks.
 */
export class EventStream {
  readonly #readers = new Set<Reader>();
  #last = 0;
  #readEarlier: ReadEarlier | null = null;
  #end: { readonly error: unknown } | 'ended' | null = null;

  /** Says how entries are read that a reader has missed; before the first `push`. */
  open(readEarlier: ReadEarlier): void {
    this.#readEarlier = readEarlier;
  }

  push(entry: CampaignEntry): void {
    this.#last = entry.seq;
    for (const reader of this.#readers) reader.push(entry);
  }

  /** Ends every reader once it has got what is left; with the error, if there is one. */
  close(end: { readonly error: unknown } | 'ended'): void {
    this.#end = end;
    for (const reader of this.#readers) reader.close();
  }

  read(): AsyncGenerator<TuneEvent, void, undefined> {
    const reader = new Reader();
    if (this.#end === null) this.#readers.add(reader);
    else reader.close();
    return this.#events(reader, this.#last);
  }

  async *#events(reader: Reader, missed: number): AsyncGenerator<TuneEvent, void, undefined> {
    try {
      if (missed > 0 && this.#readEarlier !== null) {
        const singles = new SingleEntries();
        let last = 0;
        for await (const stored of this.#readEarlier()) {
          for (const entry of singles.of(stored)) {
            yield eventOf(entry);
            last = entry.seq;
          }
          if (last >= missed) break;
        }
      }
      for (let entry = await reader.next(); entry !== null; entry = await reader.next()) yield eventOf(entry);
      if (typeof this.#end === 'object' && this.#end !== null) throw this.#end.error;
    } finally {
      this.#readers.delete(reader);
    }
  }
}

function eventOf({ seq, at, event }: CampaignEntry): TuneEvent {
  return { seq, at, ...event };
}

/** The entries that one reader has not taken yet. */
class Reader {
  #entries: CampaignEntry[] = [];
  #taken = 0;
  #isClosed = false;
  #wake: (() => void) | null = null;

  push(entry: CampaignEntry): void {
    this.#entries.push(entry);
    this.#wake?.();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake?.();
  }

  /** Null at the end. */
  async next(): Promise<CampaignEntry | null> {
    while (this.#taken === this.#entries.length) {
      this.#entries = [];
      this.#taken = 0;
      if (this.#isClosed) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    const entry = this.#entries[this.#taken];
    this.#taken += 1;
    return entry ?? null;
  }
}
