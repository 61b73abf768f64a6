const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;

/** Whole numbers of up to this many digits, and powers of ten up to it, are exact doubles. */
const MAX_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: MAX_DIGITS + 1 }, (_, power) => Number(`1e${power}`));

/**
 * Parses the number from `start` to `end` if it is digits with an optional sign and point, such as `-12.5`; NaN for
 * any other text. The result is the double that JavaScript parses: one division of two exact numbers rounds once. A
 * negative zero is a zero.
 */
export function shortDecimal(bytes: Uint8Array, start: number, end: number): number {
  const sign = bytes[start];
  let at = sign === MINUS || sign === PLUS ? start + 1 : start;
  let digits = 0;
  let value = 0;
  let point = -1;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= ZERO && byte < ZERO + 10) {
      value = value * 10 + (byte - ZERO);
      digits++;
    } else if (byte === POINT && point === -1) point = digits;
    else return Number.NaN;
  }
  if (digits === 0 || digits > MAX_DIGITS) return Number.NaN;
  if (point !== -1) value /= POWERS_OF_TEN[digits - point] as number;
  return sign === MINUS && value !== 0 ? -value : value;
}
