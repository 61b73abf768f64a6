/**
 * The k-th multiple of q, in the decimals of q: 3 times 0.1 is 0.3 and not 0.30000000000000004. The shortest decimal
 * form of q is multiplied exactly, and the product is read as a double.
 */
export function multipleOf(q: number, k: number): number {
  const [digits = '', exponent = '0'] = String(q).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const product = BigInt(whole + fraction) * BigInt(k);
  return Number(`${product}e${Number(exponent) - fraction.length}`);
}

/** The first and the last k whose multiple of q lies within the bounds; if last is below first, there is none. */
export function multiplesWithin(
  bounds: { readonly min: number; readonly max: number },
  q: number,
): { readonly first: number; readonly last: number } {
  // Division rounds, so the multiple of the quotient's neighbour is checked as well.
  let first = Math.floor(bounds.min / q);
  while (multipleOf(q, first) < bounds.min) first += 1;
  let last = Math.ceil(bounds.max / q);
  while (multipleOf(q, last) > bounds.max) last -= 1;
  return { first, last };
}

/** The multiple of q nearest to a value, within the bounds if there are any. */
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
