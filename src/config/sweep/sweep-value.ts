/** Whether a value is a mapping. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text under a key; null if there is none. */
export function textIn(of: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = Object.hasOwn(of, key) ? of[key] : null;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number under a key; null if there is none. */
export function numberIn(of: Readonly<Record<string, unknown>>, key: string): number | null {
  const value = Object.hasOwn(of, key) ? of[key] : null;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Characters of a list or a mapping that a note shows. */
const MAX_SHOWN = 60;

/** A value of a sweep for a note: lists and mappings as JSON, cut if they are long. */
export function formatSweepValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}
