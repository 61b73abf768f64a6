/** Pixels that a letter of a label takes, on average. */
const letter = 6.6;

/** How the labels of an axis of places are written, so that they do not lie over each other. */
interface PlaceLabels {
  readonly labels: readonly string[];
  /** Degrees that they are turned by. */
  readonly turned: number;
}

/** Labels below a drawing of this width: side by side where they fit, else turned. Long ones are cut; tables have them whole. */
export function labelsBelow(labels: readonly string[], width: number): PlaceLabels {
  const room = (width - 60) / labels.length;
  const longest = Math.max(...labels.map(({ length }) => length));
  if (letter * Math.min(longest, 9) + 4 <= room) {
    return { labels: labels.map((label) => cut(label, Math.floor((room - 4) / letter))), turned: 0 };
  }
  return { labels: labels.map((label) => cut(label, 14)), turned: room < 22 ? 90 : 45 };
}

/** Labels to the left of a drawing of this width. */
export function labelsBeside(labels: readonly string[], width: number): PlaceLabels {
  return { labels: labels.map((label) => cut(label, Math.floor(width / 3 / letter))), turned: 0 };
}

function cut(label: string, letters: number): string {
  return label.length > letters ? `${label.slice(0, letters - 1)}…` : label;
}
