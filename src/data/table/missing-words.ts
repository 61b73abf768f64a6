/** Words that people and programs write where a value is missing, in lower case. */
const KNOWN =
  /^(n\/?a|n\.\s?a\.?|n\.?d\.?|k\.?\s?a\.?|nan|null|nil|none|no data|not (available|applicable|known)|unknown|unk|missing|blank|empty|undefined|tbd|#[a-z\d/]+[!?]?)$/;
/** Signs alone, such as `-`, `..` or `***`. */
const SIGNS = /^[\p{P}\p{S}]+$/u;

/** Whether a text among numbers most likely stands for a missing cell. */
export function looksLikeMissing(text: string): boolean {
  return SIGNS.test(text) || KNOWN.test(text.toLowerCase());
}
