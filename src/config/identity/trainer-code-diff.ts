import type { Json } from '../../campaign/canonical-json.js';

/** A comparable config with what it says of the trainer's files taken out of it. */
export interface CodeApart {
  readonly config: Json;
  /** Hashes by the names of the files. */
  readonly code: Readonly<Record<string, Json>>;
}

/** Separates the code from the rest of a comparable config, because messages treat edited files differently. */
export function codeApart(config: Json): CodeApart {
  if (!isMapping(config) || !isMapping(config.trainer)) return { config, code: {} };
  const { code, ...trainer } = config.trainer;
  return { config: { ...config, trainer }, code: isMapping(code) ? code : {} };
}

/** What has become of a trainer's files: `train.py has changed`, one each. */
export function codeChanges(before: CodeApart['code'], now: CodeApart['code']): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.flatMap((name) => {
    if (before[name] === now[name]) return [];
    if (before[name] === undefined) return [`${name} counts now and did not then`];
    return [now[name] === undefined ? `${name} counts no more` : `${name} has changed`];
  });
}

function isMapping(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
