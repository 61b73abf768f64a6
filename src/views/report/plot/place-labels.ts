import { cutToWidth, textWidth } from './text-width.js';

/** Pixels of the labels' font. */
const SIZE = 12;
/** Pixels of a turned label, at most: enough for a range such as `0.00044–0.038`. */
const MAX_TURNED = 104;

/** How the labels of an axis of places are written, so that they do not lie over each other. */
export interface PlaceLabels {
  readonly labels: readonly string[];
  /** Degrees that they are turned by. */
  readonly turned: number;
}

/**
 * Labels below a drawing whose width, without the labels of the other axis, is this: side by side if they fit in one
 * line or in two, else turned. Long ones are cut; tables have them whole.
 */
export function labelsBelow(labels: readonly string[], width: number): PlaceLabels {
  const room = width / labels.length - 6;
  const broken = labels.map(inTwoLines);
  if (breadthOf(labels) > room && breadthOf(broken.flat()) <= room)
    return { labels: broken.map((lines) => lines.join('\n')), turned: 0 };
  if (Math.min(breadthOf(labels), 66) <= room) return { labels: cutAll(labels, room), turned: 0 };
  return { labels: cutAll(labels, MAX_TURNED), turned: room < 18 ? 90 : 45 };
}

/** Labels to the left, in a third of a drawing of this width. */
export function labelsBeside(labels: readonly string[], width: number): PlaceLabels {
  return { labels: cutAll(labels, width / 3), turned: 0 };
}

/** Pixels that the broadest of the labels takes. */
export function breadthOf(labels: readonly string[]): number {
  return Math.max(0, ...labels.map((label) => textWidth(label, SIZE)));
}

/** A label broken after a space or a dash, as near to its middle as it can be; whole if it has neither. */
function inTwoLines(label: string): string[] {
  const [first, ...others] = [...label.matchAll(/[ –]/g)].map(({ index }) => index + 1);
  if (first === undefined) return [label];
  const fromMiddle = (at: number): number => Math.abs(at - label.length / 2);
  const at = others.reduce((best, one) => (fromMiddle(one) < fromMiddle(best) ? one : best), first);
  return [label.slice(0, at).trimEnd(), label.slice(at)];
}

function cutAll(labels: readonly string[], width: number): string[] {
  return labels.map((label) => cutToWidth(label, SIZE, width));
}
