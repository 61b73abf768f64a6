const DATE =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** Dates whose order of day and month is ambiguous. */
const AMBIGUOUS = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:[T ]\d{1,2}:\d{2}.*)?$/;

/**
 * Milliseconds since 1970 of a date with an optional time of day: `2024-05-31`, `2024/5/31 17:30`,
 * `2024-05-31T17:30:00Z`. A time without a zone is UTC, so that the result is the same on every machine. null for any
 * other text and for dates that do not exist.
 */
export function parseTimestamp(text: string): number | null {
  const found = DATE.exec(text);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const fraction = Number(`0${found[7] ?? ''}`);
  const milliseconds = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(milliseconds);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && minute < 60 && second < 61;
  if (!isReal) return null;
  return milliseconds + 1000 * fraction - 60_000 * zoneMinutes(found[8] ?? 'Z');
}

/** Whether a text looks like a date, whatever the order of its parts. */
export function looksLikeDate(text: string): boolean {
  return parseTimestamp(text) !== null || AMBIGUOUS.test(text);
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.replace(':', '');
  const minutes = 60 * Number(digits.slice(1, 3)) + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -minutes : minutes;
}
