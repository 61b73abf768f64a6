/** The known name that is fewest edits away from a wrong one, or null where none is near. */
export function nearestName(wrong: string, known: readonly string[]): string | null {
  let nearest: string | null = null;
  let fewest = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const name of known) {
    // Lengths that differ by as much cannot be nearer; it also spares long comparisons.
    if (Math.abs(name.length - wrong.length) >= fewest) continue;
    const edits =
      name.toLowerCase() === wrong.toLowerCase() ? 0 : editDistance(wrong.toLowerCase(), name.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      nearest = name;
    }
  }
  return nearest;
}

/** Characters to insert, delete or replace to get from one text to the other (Levenshtein 1966). */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
