import { cutToWidth, textWidth } from './text-width.js';

/** Pixels of the labels' font. */
const SIZE = 12;

/** How the labels of an axis of places are written, so that they do not lie over each other. */
export interface PlaceLabels {
  readonly labels: readonly string[];
  /** Degrees that they are turned by. */
  readonly turned: number;
}

/**
 * Labels below a drawing whose width, without the labels of the other axis, is this: side by side if they fit, else
 * turned. Long ones are cut; tables have them whole.
 */
export function labelsBelow(labels: readonly string[], width: number): PlaceLabels {
  const room = width / labels.length - 6;
  if (Math.min(breadthOf(labels), 66) <= room) return { labels: cutAll(labels, room), turned: 0 };
  return { labels: cutAll(labels, 90), turned: room < 18 ? 90 : 45 };
}

/** Labels to the left, in a third of a drawing of this width. */
export function labelsBeside(labels: readonly string[], width: number): PlaceLabels {
  return { labels: cutAll(labels, width / 3), turned: 0 };
}

/** Pixels that the broadest of the labels takes. */
export function breadthOf(labels: readonly string[]): number {
  return Math.max(0, ...labels.map((label) => textWidth(label, SIZE)));
}

function cutAll(labels: readonly string[], width: number): string[] {
  return labels.map((label) => cutToWidth(label, SIZE, width));
}
