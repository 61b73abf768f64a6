/** A regulariser goes no further: with a larger rate hardly a unit is left. */
const LARGEST = 0.95;
/** Values that rise by at least this factor are taken for a logarithmic range. */
const LOGARITHMIC_FROM = 3;
/** Values that are tried at a time. */
const COUNT = 2;

/**
 * The next values of a rate whose listed values end below 1: by the last difference, so that 0.35, 0.5 goes on with
 * 0.65, 0.8, or by the last ratio if that is at least 3, so that 0.0001, 0.001 goes on with 0.01, 0.1. A step that
 * would reach 1 goes half the way there. Empty where the next value would exceed 0.95.
 */
export function valuesBeyond(values: readonly number[]): number[] {
  const [before, last] = values.slice(-2);
  if (before === undefined || last === undefined) return [];
  const isLogarithmic = before > 0 && last / before >= LOGARITHMIC_FROM;
  const next: number[] = [];
  for (let value = last; next.length < COUNT; next.push(value)) {
    const stepped = isLogarithmic ? (value * last) / before : value + (last - before);
    // Short decimals keep the settings readable: 0.5 + 0.15 is not exactly 0.65.
    value = Number((stepped < 1 ? stepped : (value + 1) / 2).toPrecision(6));
    if (value > LARGEST) break;
  }
  return next;
}
