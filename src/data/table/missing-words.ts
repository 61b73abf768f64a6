/** Words that people and programs write where a value is missing, in lower case. */
const KNOWN: readonly RegExp[] = [
  /^(n\/?a|n\.\s?a\.?|n\.?d\.?|k\.?\s?a\.?|nan|null|nil|none|unknown|unk|missing|blank|empty|undefined|tbd)$/,
  /^(no data|not (available|applicable|known))$/,
  /^#[a-z\d/]+[!?]?$/,
];
/** Signs alone, such as `-`, `..` or `***`. */
const SIGNS = /^[\p{P}\p{S}]+$/u;

/** Whether a text among numbers most likely stands for a missing cell. */
export function looksLikeMissing(text: string): boolean {
  const word = text.toLowerCase();
  return SIGNS.test(text) || KNOWN.some((known) => known.test(word));
}
