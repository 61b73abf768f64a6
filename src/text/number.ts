/** A number in a sentence: at most four significant digits, no trailing zeros; a dash if it is not finite. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return String(Number(value.toPrecision(4)));
}

/**
 * A number in a column: whole, or with three significant digits, so that numbers of one kind align. A value just
 * below 1 is never shown as 1, because a training accuracy of 1 is a fit and one of 0.9996 is not.
 */
export function formatColumnNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value < 1 && value > 0.999) return '0.999';
  const magnitude = Math.abs(value);
  if ((Number.isInteger(value) || magnitude >= 100) && magnitude < 1e6) return String(Math.round(value));
  return magnitude < 1e-4 || magnitude >= 1e6 ? value.toExponential(1) : value.toPrecision(3);
}

/** A mean and its standard error to the same decimal: `0.202 ± 0.007`. */
export function formatColumnMean(mean: number, standardError: number | null): string {
  const text = formatColumnNumber(mean);
  if (standardError === null || !Number.isFinite(standardError)) return text;
  const decimals = text.includes('e') ? null : (text.split('.')[1]?.length ?? 0);
  const error = decimals === null ? '' : standardError.toFixed(decimals);
  return `${text} ± ${Number(error) === 0 ? formatColumnNumber(standardError) : error}`;
}

/** A whole number with commas between thousands: `1,599`. Other numbers are rounded. */
export function formatWhole(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A large number as people write it in a config, with at most three digits: `3e11`, `5.73e9`. */
export function formatPower(value: number): string {
  const [digits = '', power = ''] = value.toExponential(2).split('e');
  return `${Number(digits)}e${Number(power)}`;
}

/** `1 row`, `2 rows`, `1,599 rows`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatWhole(count)} ${count === 1 ? singular : plural}`;
}

/** A share from 0 to 1 as a percentage with at most one decimal: `12.5 %`. */
export function formatPercent(share: number): string {
  return `${formatNumber(Math.round(share * 1000) / 10)} %`;
}
