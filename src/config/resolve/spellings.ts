import type { ConfigDocument } from '../diagnostics/config-document.js';

/** How a config spells the numbers of its parameters, where a program would print them otherwise. */
export function spellingsOf(document: ConfigDocument): Record<string, Record<string, string>> {
  const spellings: Record<string, Record<string, string>> = {};
  for (const { name, value, source } of document.writtenNumbers(['parameters'])) {
    const known = Object.hasOwn(spellings, name) ? spellings[name] : undefined;
    if (source === String(value) || (known !== undefined && Object.hasOwn(known, value))) continue;
    if (known === undefined) spellings[name] = { [value]: source };
    else known[value] = source;
  }
  return spellings;
}
