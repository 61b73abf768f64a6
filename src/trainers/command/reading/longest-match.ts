import { stripVTControlCharacters } from 'node:util';
import { BoundedPattern, PatternTooSlow } from './bounded-pattern.js';

/** How far a pattern comes on the line on which it comes furthest. */
export interface LongestMatch {
  /** What of the pattern still matches. */
  readonly pattern: string;
  readonly line: string;
  /** The line's place, from 1. */
  readonly place: number;
}

/** Where a pattern that matches no line comes furthest; null where not even its beginning is found. */
export function longestMatch(pattern: string, lines: readonly string[]): LongestMatch | null {
  const plain = lines.map((line) => stripVTControlCharacters(line).replaceAll('\r', ''));
  for (let length = pattern.length; length >= 3; length--) {
    const beginning = pattern.slice(0, length);
    const expression = compiled(beginning);
    const index = expression === null ? -1 : plain.findIndex((line) => isMatch(expression, line));
    // A beginning such as "e" is in any line and says nothing.
    if (index >= 0) return { pattern: beginning, line: plain[index]?.trim() ?? '', place: index + 1 };
  }
  return null;
}

function isMatch(pattern: BoundedPattern, line: string): boolean {
  try {
    return pattern.exec(line) !== null;
  } catch (error) {
    if (!(error instanceof PatternTooSlow)) throw error;
    return false;
  }
}

function compiled(pattern: string): BoundedPattern | null {
  try {
    return new BoundedPattern(pattern);
  } catch {
    return null; // cut in the middle of a group
  }
}
