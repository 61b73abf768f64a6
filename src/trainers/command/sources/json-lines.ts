import { parseJsonText } from '../reading/json-line.js';
import type { LineReader } from '../reading/report-line.js';
import { isObject, jsonNumbers } from './json-numbers.js';

/** A reader for JSON Lines that a program writes for itself: other lines are passed over. */
export function createJsonLinesReader(): LineReader {
  return (text) => {
    const value = text.trimStart().startsWith('{') ? parseJsonText(text) : undefined;
    if (!isObject(value)) return { kind: 'other' };
    const numbers = jsonNumbers(value);
    return Object.keys(numbers).length === 0 ? { kind: 'other' } : { kind: 'reports', reports: [numbers] };
  };
}
