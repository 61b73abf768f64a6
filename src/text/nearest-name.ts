/**
 * The known name that was probably meant, or null if none is near. The name with the fewest edits wins; otherwise one
 * that the text abbreviates (`lr`: learning_rate), shares a whole word with (`hidden_size`: hidden), or is the
 * beginning of.
 */
export function nearestName(wrong: string, known: readonly string[]): string | null {
  return nearestNames(wrong, known)[0] ?? null;
}

/** The known names that are equally near, the most probable first; empty if none is near. */
export function nearestNames(wrong: string, known: readonly string[]): string[] {
  const text = wrong.toLowerCase();
  let nearest: string[] = [];
  let minEdits = Math.max(1, Math.floor(text.length / 3));
  for (const name of known) {
    if (name === '' || Math.abs(name.length - text.length) > minEdits) continue;
    const edits = editDistance(text, name.toLowerCase());
    if (edits > minEdits || (edits > 0 && edits === text.length)) continue;
    if (edits < minEdits) nearest = [];
    minEdits = edits;
    nearest.push(name);
  }
  // Of equally near names the longest wins: letters are left out more often than added.
  if (nearest.length > 0) return [...new Set(nearest)].sort((a, b) => b.length - a.length);
  const initials = (name: string): string => name.replace(/([a-z0-9])[a-z0-9]*_?/g, '$1');
  const words = text.split(/[^a-z0-9]+/);
  const where = (test: (lowered: string) => boolean): string | undefined =>
    known.find((name) => name !== '' && test(name.toLowerCase()));
  const meant =
    where((name) => name.includes('_') && initials(name) === text) ??
    where((name) => words.includes(name) || name.split('_').includes(text)) ??
    where((name) => text.length > 2 && name.startsWith(text));
  return meant === undefined ? [] : [meant];
}

/**
 * The number of characters to insert, delete, replace, or swap with their neighbour to turn one text into the other
 * (Damerau 1964, in the restricted form in which no part is edited twice).
 */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let edits = Math.min(
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
      );
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      current.push(edits);
    }
    before = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}
