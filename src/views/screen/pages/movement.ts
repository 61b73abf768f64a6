/** A key that moves the selection. */
export type Movement = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

/** The next place in a short list that goes around, from `place`; -1 if nothing is selected. */
export function moveInRing(place: number, key: Movement, length: number): number {
  const last = length - 1;
  const places = {
    up: place <= 0 ? last : place - 1,
    down: place >= last ? 0 : place + 1,
    'page-up': 0,
    'page-down': last,
    first: 0,
    last,
  };
  return places[key];
}

/** The next place in a long list, of which `seen` rows are seen at once; it ends at both ends. */
export function moveInList(place: number, key: Movement, length: number, seen: number): number {
  const last = length - 1;
  const page = Math.max(1, seen - 1);
  const by = { up: -1, down: 1, 'page-up': -page, 'page-down': page, first: -length, last: length };
  if (place < 0) return key === 'last' ? last : 0;
  return Math.min(last, Math.max(0, place + by[key]));
}
