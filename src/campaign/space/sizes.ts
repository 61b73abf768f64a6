import { canonicalJson } from '../canonical-json.js';
import type { ParameterValue } from '../parameters.js';
import type { PlannedGrowth, SizeStep } from '../plan.js';

/** How large a value of the grown parameter is: a number itself, of a list of widths the sum. */
export function magnitude(size: ParameterValue): number {
  if (typeof size === 'number') return size;
  return Array.isArray(size) ? size.reduce((sum: number, width) => sum + Number(width), 0) : Number.NaN;
}

/** The size one step above another. Whole numbers stay whole: they are rounded up, and rise by at least 1. */
function stepUp(size: ParameterValue, { kind, by }: SizeStep): ParameterValue {
  return mapWidths(size, (width) => {
    const next = kind === 'times' ? width * by : width + by;
    return Number.isInteger(width) ? Math.max(width + 1, Math.ceil(next - ROUNDING)) : next;
  });
}

/** What is lost in a product such as 10 x 1.1 is no reason to round up. */
const ROUNDING = 1e-9;

/**
 * The geometric middle of two sizes, rounded to whole numbers where they are whole; null where nothing lies between.
 */
export function middleSize(smaller: ParameterValue, larger: ParameterValue): ParameterValue | null {
  const ends = [widthsOf(smaller), widthsOf(larger)] as const;
  if (ends[0].length !== ends[1].length) return null;
  let place = 0;
  const middle = mapWidths(smaller, (width) => {
    const other = ends[1][place++] ?? width;
    const mean = Math.sqrt(width * other);
    return Number.isInteger(width) && Number.isInteger(other) ? Math.round(mean) : mean;
  });
  const size = magnitude(middle);
  return size > magnitude(smaller) && size < magnitude(larger) ? middle : null;
}

/** The size after one that was reached from the listed sizes; null after the last. */
export function sizeAfter(
  size: ParameterValue,
  { sizes, open }: Pick<PlannedGrowth, 'sizes' | 'open'>,
): ParameterValue | null {
  // Lists of widths can have equal sums, so a size of the list is followed by the next of the list.
  const place = sizes.findIndex((other) => canonicalJson(other) === canonicalJson(size));
  const listed = place >= 0 ? sizes[place + 1] : sizes.find((other) => magnitude(other) > magnitude(size));
  return listed ?? (open === null ? null : stepUp(size, open.step));
}

/** The listed sizes; of open growth as many as a limit on the size allows, at most `count` and what the list holds. */
export function firstSizes(
  growth: Pick<PlannedGrowth, 'sizes' | 'open' | 'until'>,
  count: number,
): ParameterValue[] {
  const sizes = [...growth.sizes];
  const largest = growth.until?.size ?? Number.POSITIVE_INFINITY;
  let last = sizes.at(-1);
  while (growth.open !== null && last !== undefined && sizes.length < count) {
    last = stepUp(last, growth.open.step);
    if (magnitude(last) > largest) break;
    sizes.push(last);
  }
  return sizes;
}

const widthsOf = (size: ParameterValue): readonly number[] =>
  Array.isArray(size) ? size.map(Number) : [Number(size)];

/** A size with each of its widths changed. */
export function mapWidths(size: ParameterValue, change: (width: number) => number): ParameterValue {
  return Array.isArray(size) ? size.map((width) => change(Number(width))) : change(Number(size));
}
