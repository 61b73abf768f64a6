import type { RandomStream } from '../../../numeric/keyed-stream.js';

/** A point in the picture, both coordinates from 0 to 1. */
type Point = readonly [x: number, y: number];

/** The number of corners of a stroke. */
const CORNERS = 4;
/** Standard deviations of the corners and of the whole picture, in sides of the picture. */
const SHAKE = 0.06;
const SHIFT = 0.07;
/** The width of the pen in sides. */
const PEN = 0.11;

/**
 * Pictures of bent strokes. Each class has its own corners, and every picture draws through them with random offsets,
 * off-centre, in a grey that fades at the edges of the stroke, under noise. Neighbouring pixels carry the same
 * information, so that units of a network co-adapt, which is what dropout prevents.
 */
export function strokePictures(
  { rows, classes, size, noise }: { rows: number; classes: number; size: number; noise: number },
  stream: RandomStream,
): { x: number[]; y: number[] } {
  const strokes = Array.from({ length: classes }, () =>
    Array.from({ length: CORNERS }, (): Point => [within(stream.uniform()), within(stream.uniform())]),
  );
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < rows; row++) {
    const own = row % classes;
    const shift: Point = [SHIFT * stream.normal(), SHIFT * stream.normal()];
    const drawn = (strokes[own] ?? []).map(
      ([cx, cy]): Point => [cx + shift[0] + SHAKE * stream.normal(), cy + shift[1] + SHAKE * stream.normal()],
    );
    for (let pixel = 0; pixel < size * size; pixel++) {
      const at: Point = [((pixel % size) + 0.5) / size, (Math.floor(pixel / size) + 0.5) / size];
      x.push(inkAt(at, drawn) + noise * stream.normal());
    }
    y.push(own);
  }
  return { x, y };
}

/** Keeps corners away from the edge. */
function within(share: number): number {
  return 0.12 + 0.76 * share;
}

/** 1 on the line through the corners, 0 beyond the width of the pen. */
function inkAt(at: Point, corners: readonly Point[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < corners.length; i++) {
    const from = corners[i - 1];
    const to = corners[i];
    if (from !== undefined && to !== undefined) nearest = Math.min(nearest, squaredDistance(at, from, to));
  }
  return Math.max(0, 1 - Math.sqrt(nearest) / PEN);
}

function squaredDistance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  const ex = x - (ax + along * dx);
  const ey = y - (ay + along * dy);
  return ex * ex + ey * ey;
}
