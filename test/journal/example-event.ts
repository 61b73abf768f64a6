import type { JournalIdentity } from '../../src/journal/journal.js';

/** A vocabulary of one word, to try journals with. */
export interface ExampleEvent {
  readonly type: 'noted';
  readonly text: string;
  readonly value: number;
}

export const identity: JournalIdentity = { engine: '0.1.0', config: 'c0ffee', data: 'da7a' };

export function noted(text: string, value = 0): ExampleEvent {
  return { type: 'noted', text, value };
}

export function parseExampleEvent(value: unknown): ExampleEvent {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'noted') {
    throw new Error('a note was expected');
  }
  if (!('text' in value) || typeof value.text !== 'string') throw new Error('a text was expected');
  if (!('value' in value) || typeof value.value !== 'number') throw new Error('a number was expected');
  return { type: 'noted', text: value.text, value: value.value };
}

/** A clock that stands still. */
export function now(): Date {
  return new Date('2024-01-01T00:00:01Z');
}
