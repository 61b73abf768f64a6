import type { Predictions, WeightedScore } from './predictions.js';

/**
 * The area under the receiver's curve: the chance that a row of a class gets a higher probability for it than a row of
 * another, ties counting half (Mann and Whitney's U over the number of pairs). Of two classes it is the second's; of
 * more, the mean over each class against all others, those without a row of either sort left out (Fawcett 2006, section
 * 10, every class alike). 0.5 where no pair is left.
 */
export function rocAucOf({ outputs, width, targets }: Predictions): WeightedScore {
  const classes = width <= 2 ? [1] : Array.from({ length: width }, (_, k) => k);
  const ranked = classes.map((own) => {
    const place = width === 1 ? 0 : own;
    const scores = Float64Array.from(targets, (_, row) => outputs[row * width + place] ?? Number.NaN);
    const order = Uint32Array.from(targets, (_, row) => row).sort(
      (a, b) => (scores[a] ?? 0) - (scores[b] ?? 0) || a - b,
    );
    return { own, scores, order };
  });
  return (counts) => {
    let sum = 0;
    let found = 0;
    for (const { own, scores, order } of ranked) {
      const area = areaOf(order, scores, counts, (row) => targets[row] === own);
      if (area === null) continue;
      sum += area;
      found += 1;
    }
    return found === 0 ? 0.5 : sum / found;
  };
}

function areaOf(
  order: Uint32Array,
  scores: Float64Array,
  counts: Uint32Array,
  isOwn: (row: number) => boolean,
): number | null {
  let [own, others, pairs] = [0, 0, 0];
  for (let from = 0; from < order.length; ) {
    const score = scores[order[from] ?? 0];
    let [ownTied, othersTied, to] = [0, 0, from];
    // The first is in its own tie even where it is no number.
    do {
      const row = order[to] ?? 0;
      const weight = counts[row] ?? 0;
      if (isOwn(row)) ownTied += weight;
      else othersTied += weight;
      to += 1;
    } while (to < order.length && scores[order[to] ?? 0] === score);
    pairs += ownTied * (others + othersTied / 2);
    own += ownTied;
    others += othersTied;
    from = to;
  }
  return own === 0 || others === 0 ? null : pairs / (own * others);
}
