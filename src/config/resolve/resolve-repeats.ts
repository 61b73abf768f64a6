import type { RaceRepeats } from '../../methods/comparison.js';
import { DEFAULT_FIRST_TEST } from '../../methods/elimination/paired-tests.js';
import type { MethodKind } from '../../methods/method-kind.js';
import type { Checks } from '../diagnostics/checks.js';
import type { ConfigDraft } from '../schema/structure.js';

/** On how many repeats settings run, and how they leave the race; null where the section is broken. */
export function resolveRepeats(given: ConfigDraft['repeats'], checks: Checks): RaceRepeats | null {
  if (given === undefined) return null;
  if (typeof given === 'number') return { first: given, most: given };
  const { first, most, eliminate, first_test: firstTest = DEFAULT_FIRST_TEST } = given;
  if (first > most) checks.report(['repeats'], `repeats.first is ${first}, above repeats.most, ${most}.`);
  if (eliminate === 'halving') {
    if (given.first_test !== undefined) {
      const sentence =
        'repeats.first_test is for paired tests, and repeats.eliminate is halving. ' +
        'Write eliminate: paired, or leave first_test out.';
      checks.report(['repeats', 'first_test'], sentence, 'key');
    }
    return { first, most };
  }
  if (firstTest >= most) {
    const key = given.first_test === undefined ? 'eliminate' : 'first_test';
    const sentence =
      `the first paired test follows after ${firstTest} repeats, and repeats.most is ${most}, so no test would ` +
      'come before the last repeat. Raise most, or set first_test below it.';
    checks.report(['repeats', key], sentence);
  }
  return { first, most, firstTest };
}

/** Fresh repeats for the finalists of a search whose trials are cheap. */
const DEFAULT_CONFIRM = 5;

/**
 * Fresh repeats on which the best settings of a search run. By default there are some where trials are cheap and
 * repeats are compared in a race: a person who asks for a number of repeats gets that number.
 */
export function resolveConfirm(
  written: ConfigDraft['confirm'],
  kind: MethodKind,
  repeats: RaceRepeats,
  isCheap: boolean,
): number {
  if (kind.supports?.includes('confirm') !== true) return 0;
  return written ?? (isCheap && repeats.most > repeats.first ? DEFAULT_CONFIRM : 0);
}
