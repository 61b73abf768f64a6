/** A number as people write it for each other: with a decimal comma, separated thousands, a currency or a percent sign. */
const DRESSED = /^[-+]?[$€£¥]?\s?(\d{1,3}([ .,'’]\d{3})+|\d+)([.,]\d+)?\s?[%$€£¥]?$/u;

/** Whether a text, one that does not read as a number, is one to people. */
export function looksLikeFormattedNumber(text: string): boolean {
  return DRESSED.test(text);
}

/** What to do about such texts. */
export const PLAIN_NUMBERS =
  'Numbers are written plainly, as in 1234.5: with a decimal point, and without separators, units or signs around them.';
