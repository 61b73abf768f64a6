/** A positive amount with a unit, such as `1.5h`, in the smallest unit; null for any other text. */
export function parseMeasure(text: string, factors: Readonly<Record<string, number>>): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text) ?? [];
  const factor = Object.hasOwn(factors, unit) ? factors[unit] : undefined;
  const value = Number(amount) * (factor ?? Number.NaN);
  return value > 0 ? value : null;
}
