/**
 * Widths of letters as shares of the font's size, in the broadest of the usual fonts: what fits there fits anywhere.
 */
const BROAD = 0.92;
const NARROW = 0.4;
const USUAL = 0.64;
const FULL = 1.05;

/** Pixels that a text takes at most. There is no browser to ask when a report is written. */
export function textWidth(text: string, size: number): number {
  let shares = 0;
  for (const letter of text) {
    if (letter > '\u2e7f') shares += FULL;
    else if (/[mwA-Z%@<>=+~^&→—…]/.test(letter)) shares += BROAD;
    else shares += /[ijl.,:;'|!()]/.test(letter) ? NARROW : USUAL;
  }
  return shares * size;
}

/** The text, cut to the width in pixels, with an ellipsis where it was cut. */
export function cutToWidth(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('')}…`;
}
