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
