import type { Journal, JournalIdentity, ParseEvent } from '../../journal/journal.js';

/** The events that the contract appends. */
export interface ExampleEvent {
  readonly type: 'noted';
  readonly text: string;
  readonly value: number;
}

/** What a journal is opened with. */
export interface JournalOpening {
  /** Written into a new journal; an existing one keeps its own. */
  readonly identity: JournalIdentity;
  readonly parseEvent: ParseEvent<ExampleEvent>;
  readonly now: () => Date;
}

/** A journal that the contract tries. */
export interface JournalSubject {
  /** Opens a new, empty journal. */
  readonly open: (opening: JournalOpening) => Promise<Journal<ExampleEvent>>;
  /** How the journal outlives its process, in a file of one line an entry; left out for a journal in memory. */
  readonly durable?: DurableJournal;
}

/** A journal in a file. */
export interface DurableJournal {
  /** Opens the journal of a folder; creates what does not exist. */
  readonly open: (folder: string, opening: JournalOpening) => Promise<Journal<ExampleEvent>>;
  /** The name of the file in the folder. Its first line is the header. */
  readonly fileName: string;
}

export function noted(text: string, value = 0): ExampleEvent {
  return { type: 'noted', text, value };
}

export const exampleOpening: JournalOpening = {
  identity: { engine: '0.1.0', config: 'c0ffee', data: 'da7a' },
  parseEvent: parseExampleEvent,
  // A clock that stands still.
  now: () => new Date('2024-01-01T00:00:01Z'),
};

export function parseExampleEvent(value: unknown): ExampleEvent {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'noted') {
    throw new Error('a note was expected');
  }
  if (!('text' in value) || typeof value.text !== 'string') throw new Error('a text was expected');
  if (!('value' in value) || typeof value.value !== 'number') throw new Error('a number was expected');
  return { type: 'noted', text: value.text, value: value.value };
}
