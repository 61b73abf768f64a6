import { areClasses } from '../build/target.js';
import type { Table } from '../table/table.js';
import { isIdentifier } from './columns-to-drop.js';
import type { ColumnProfile } from './profile.js';
import { repeatsEarlier } from './repeated-columns.js';

/** The guessed target, and why. */
export interface TargetGuess {
  readonly target: ColumnProfile;
  readonly because: string;
}

/** Common names of targets; certain ones first. */
const CERTAIN_NAMES = /^(target|label|labels|class|classes|y|outcome|response|dependent|ground ?truth)$/;
const LIKELY_NAMES: ReadonlySet<string> = new Set([
  'diagnosis',
  'survived',
  'species',
  'quality',
  'result',
  'churn',
  'churned',
  'default',
  'fraud',
  'is fraud',
  'attrition',
  'exited',
  'approved',
  'category',
  'type',
  'grade',
  'rating',
  'score',
  'price',
  'cost',
  'salary',
  'income',
  'revenue',
  'sales',
  'demand',
  'strength',
  'count',
  'value',
  'medv',
  'charges',
  'converted',
  'clicked',
  'sale price',
  'saleprice',
]);

/**
 * Guesses the target: a column with a common name of targets; otherwise the last column, the first, or the only one
 * with texts. Identifiers, constant or empty columns and dates are excluded, and so is a last column that repeats an
 * earlier one. null if no column is left.
 */
export function guessTarget(table: Table, profiles: readonly ColumnProfile[]): TargetGuess | null {
  const { rows } = table;
  const possible = profiles.filter(
    (profile) => profile.distinct > 1 && !profile.holdsDates && canBeTarget(profile, rows),
  );
  const filled = profiles.filter(({ kind }) => kind !== 'empty');
  const last = filled.findLast((profile) => !repeatsEarlier(table, profiles, profile));
  const classTexts = possible.filter((profile) => profile.kind === 'category');
  let best: { guess: TargetGuess; score: number } | null = null;
  for (const [index, target] of possible.entries()) {
    const reasons: { score: number; because: string }[] = [];
    const name = target.name
      .toLowerCase()
      .replaceAll(/[_.-]+/g, ' ')
      .trim();
    // In x, y, z these are coordinates.
    const isCoordinate = name === 'y' && profiles.some((other) => other.name.toLowerCase() === 'z');
    if (CERTAIN_NAMES.test(name) && !isCoordinate)
      reasons.push({ score: 8, because: 'it is named like a target' });
    else if (LIKELY_NAMES.has(name)) reasons.push({ score: 4, because: 'its name is common for targets' });
    if (target === last) {
      const because =
        last === filled.at(-1)
          ? 'it is the last column'
          : 'it is the last column that does not repeat an earlier one';
      reasons.push({ score: 3, because });
    } else if (index === 0)
      reasons.push({ score: 1, because: 'it is the first column that can be a target' });
    if (classTexts.length === 1 && classTexts[0] === target) {
      reasons.push({ score: 1, because: 'it is the only column of text' });
    }
    if (target.missing > 0) reasons.push({ score: -3, because: 'it has missing cells' });
    const score = reasons.reduce((sum, reason) => sum + reason.score, 0);
    if (best === null || score > best.score) {
      const because = reasons.filter((reason) => reason.score > 0).map((reason) => reason.because);
      best = { score, guess: { target, because: because.join(', and ') || 'no other column looks better' } };
    }
  }
  return best?.guess ?? null;
}

function canBeTarget(profile: ColumnProfile, rows: number): boolean {
  if (isIdentifier(profile, rows)) return false;
  if (profile.kind === 'number') return true;
  // Each class needs several rows.
  return profile.kind === 'category' && profile.distinct <= Math.max(2, rows / 5);
}

/** The task if a column were the target. */
export function taskOf(target: ColumnProfile, rows: number): 'classification' | 'regression' {
  if (target.kind !== 'number') return 'classification';
  const values = target.counts === null ? null : [...target.counts.keys()].map(String);
  return values !== null && areClasses(values, rows) ? 'classification' : 'regression';
}
