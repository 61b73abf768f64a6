/**
 * The k-th multiple of q, in the decimals of q: 3 times 0.1 is 0.3 and not 0.30000000000000004. The product
 * is taken of the shortest decimal form of q, exactly, and then read as a double.
 */
export function multipleOf(q: number, k: number): number {
  const [digits = '', exponent = '0'] = String(q).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const product = BigInt(whole + fraction) * BigInt(k);
  return Number(`${product}e${Number(exponent) - fraction.length}`);
}

/** The first and the last k whose multiple of q lies within the bounds; none does where last is below first. */
export function multiplesWithin(
  bounds: { readonly min: number; readonly max: number },
  q: number,
): { readonly first: number; readonly last: number } {
  // Division rounds, so the neighbour of the quotient is tried by its multiple.
  let first = Math.floor(bounds.min / q);
  while (multipleOf(q, first) < bounds.min) first += 1;
  let last = Math.ceil(bounds.max / q);
  while (multipleOf(q, last) > bounds.max) last -= 1;
  return { first, last };
}

/** The multiple of q next to a value, within the bounds where there are any. */
export function nearestMultiple(
  value: number,
  q: number,
  bounds: { readonly min: number; readonly max: number } | null,
): number {
  const k = Math.round(value / q);
  if (bounds === null) return multipleOf(q, k);
  const { first, last } = multiplesWithin(bounds, q);
  return multipleOf(q, Math.min(Math.max(k, first), last));
}
