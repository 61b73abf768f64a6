const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;

/** With no more digits than this, they and the power of ten below them are doubles exactly. */
const MAX_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: MAX_DIGITS + 1 }, (_, power) => Number(`1e${power}`));

/**
 * The number that is written from `start` to `end` as digits with at most a sign and a point, such as `-12.5`;
 * NaN for anything else. It is the double that reading the text gives: one division of two exact numbers is
 * rounded once. A negative zero is a zero.
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
