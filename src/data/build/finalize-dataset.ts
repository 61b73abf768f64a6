import { nearestName } from '../../text/nearest-name.js';
import { formatCount, formatWhole } from '../../text/number.js';
import { escapeControls, quote } from '../../text/quote.js';
import { contentHash } from '../content-hash.js';
import type { Dataset } from '../dataset.js';
import { identicalInputs } from '../describe/identical-inputs.js';
import { dataError } from '../diagnostics.js';
import { rowsNeeded } from '../split/split.js';

/**
 * Adds what follows from the contents: groups of identical inputs and the hash. Throws DATA_INVALID if there are too
 * few rows, in total or of a class, to have some in every part.
 */
export function finalizeDataset(
  contents: Omit<Dataset, 'groups' | 'hash' | 'splitNumbers'>,
  source: string,
  splitNumbers: Dataset['splitNumbers'] = null,
): Dataset {
  checkRows(contents, source);
  return {
    ...contents,
    splitNumbers,
    groups: identicalInputs(contents.x, contents.rows, contents.inputs),
    hash: contentHash({ ...contents, splitNumbers }),
  };
}

/** An alternative remedy: fewer parts. */
function otherwise(
  { split, testFrom, rows }: Pick<Dataset, 'split' | 'testFrom' | 'rows'>,
  needed: number,
  small: readonly { readonly count: number }[],
): string {
  const smallest = Math.min(...small.map(({ count }) => count));
  if (split.kind === 'folds') return smallest < 3 ? '' : `, or set folds: ${smallest - 1}`;
  const hasTestShare = split.kind !== 'none' && 'test' in split && split.test > 0 && testFrom === rows;
  return hasTestShare && smallest >= needed - 1 ? ', or set split: {test: 0}' : '';
}

/** Asks whether a rare class is a frequent one with another spelling; empty if none is. */
function misspelling(small: readonly { readonly name: string }[], classes: readonly string[]): string {
  const frequent = classes.filter((name) => small.every((rare) => rare.name !== name) && !/\d/.test(name));
  for (const { name } of small) {
    const meant = /\d/.test(name) ? null : nearestName(name, frequent);
    if (meant !== null) return `If ${quote(name)} is a misspelling of ${quote(meant)}, correct it. `;
  }
  return '';
}

function checkRows(contents: Omit<Dataset, 'groups' | 'hash' | 'splitNumbers'>, source: string): void {
  const { split, classes, testFrom, y } = contents;
  const needed = rowsNeeded(split, testFrom < contents.rows);
  const reason =
    split.kind === 'folds'
      ? `one for each of ${split.folds} folds${needed > split.folds ? ' and one for the test' : ''}`
      : `one for each part of the split`;
  if (testFrom < needed) {
    throw dataError(
      `${escapeControls(source)}  found ${formatCount(testFrom, 'row')}, expected at least ${needed}: ${reason}.`,
    );
  }
  if (classes === null) return;
  const counts = new Array<number>(classes.length).fill(0);
  for (let row = 0; row < testFrom; row++) counts[y[row] ?? 0] = (counts[y[row] ?? 0] ?? 0) + 1;
  const small = classes.flatMap((name, index) => {
    const count = counts[index] ?? 0;
    return count < needed ? [{ name, count }] : [];
  });
  if (small.length === 0) return;
  const shown = small
    .slice(0, 5)
    .map(({ name, count }) => `class ${quote(name)} has ${formatCount(count, 'row')}`);
  const more = small.length > 5 ? `, and ${formatWhole(small.length - 5)} more are as small` : '';
  const hint =
    small.length > 5
      ? classes.every((name) => Number.isFinite(Number(name)))
        ? 'If the target is a number to predict, set task: regression in data.'
        : 'If these are names or free texts, predict another column.'
      : `${misspelling(small, classes)}Add rows of ${small.length === 1 ? 'this class' : 'these classes'}, ` +
        `or remove ${small.length === 1 ? 'its' : 'their'} rows${otherwise(contents, needed, small)}.`;
  throw dataError(
    `${escapeControls(source)}  found too few rows of some classes of ` +
      `${quote(contents.target)}: ${shown.join(', ')}${more}; ` +
      `expected at least ${needed} of each: ${reason}. ${hint}`,
  );
}
