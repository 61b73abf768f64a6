import { quote } from '../../../text/quote.js';
import type { ListView } from './list-view.js';

/** What a list shows, and how a person looks at it: `Trials: 3 of 40 · by state ▲ · filter "dropout=0.5"`. */
export function listTitle(what: string, shown: number, all: number, view: ListView, column: string): string {
  const count = shown === all ? `${all}` : `${shown} of ${all}`;
  const filter = view.filter === '' ? '' : ` · filter ${quote(view.filter)}`;
  return `${what}: ${count} · by ${column}${view.reversed ? ', reversed' : ''}${filter}`;
}
