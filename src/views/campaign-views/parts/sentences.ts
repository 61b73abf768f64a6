import { formatCount, formatWhole } from '../../../text/number.js';

/** How much of a selection a picture shows: empty if it shows everything. */
export function shownSentence(
  { shown, selected, all }: { readonly shown: number; readonly selected: number; readonly all: number },
  noun: string,
): string {
  const sentences = [];
  if (selected < all) sentences.push(`${formatWhole(selected)} of ${formatCount(all, noun)} are selected.`);
  if (shown < selected)
    sentences.push(`The picture shows a sample of ${formatWhole(shown)} of ${formatCount(selected, noun)}.`);
  return sentences.join(' ');
}

/** How many scores are left out because they are far worse than the others; empty for none. */
export function outsideSentence(outside: number, noun: string): string {
  if (outside === 0) return '';
  const are = outside === 1 ? 'is' : 'are';
  return `${formatCount(outside, noun)} ${are} far worse and outside of the picture.`;
}
