import type { Key } from 'ink';
import { isList, type Navigation } from './navigation.js';

/**
 * The filter of the list after a key: text is added, Backspace takes the last character, Enter keeps the filter and
 * Escape clears it. Every key counts from the one that opened the filter, even if several come at once; a text field
 * that is drawn first would miss them.
 */
export function typeFilter(at: Navigation, input: string, key: Key): Navigation {
  const { page } = at;
  if (!isList(page) || key.return || input === '\r') return { ...at, typing: false };
  const { filter } = at[page];
  const withFilter = (next: string): Navigation => ({ ...at, [page]: { ...at[page], filter: next } });
  if (key.escape) return { ...withFilter(''), typing: false };
  // Terminals send DEL for Backspace, which the library calls delete.
  if (key.backspace || key.delete) return withFilter([...filter].slice(0, -1).join(''));
  return isText(input) && filter.length < MAX_FILTER ? withFilter(filter + input) : at;
}

const MAX_FILTER = 200;

function isText(input: string): boolean {
  return input !== '' && !/\p{C}/u.test(input);
}
