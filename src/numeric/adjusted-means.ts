/** The values of one setting by repeat. */
export type ValuesByRepeat = ReadonlyMap<number, number>;

/**
 * The mean of each setting as if it had run on all repeats: the values are fitted by least squares as the sum of an
 * effect of the setting and an effect of the repeat, and the effects of the repeats are then averaged out. So a
 * setting that ran on easy repeats only is not taken for a better one.
 *
 * A setting that ran on all repeats keeps its plain mean; so does one with a value that is not finite, which has the
 * worst mean anyway. null for a setting without values, and for one that shares no repeats, not even through other
 * settings, with those that share most: nothing says how its repeats compare.
 */
export function adjustedMeans(settings: readonly ValuesByRepeat[]): (number | null)[] {
  const own = settings.map((values) => (values.size === 0 ? null : plainMean(values)));
  const isUsable = own.map((value) => value !== null && Number.isFinite(value));
  if (haveSameRepeats(settings.filter((_, i) => isUsable[i]))) return own;
  const component = largestComponent(settings.map((values, i) => (isUsable[i] ? values : new Map())));
  const repeats = new Set([...component].flatMap((i) => [...(settings[i]?.keys() ?? [])]));
  if (repeats.size === 0) return own;
  const groups = groupRepeats(settings, component);
  const effects = groups.length < 2 ? null : groupEffects(settings, component, groups);
  return own.map((value, i) => {
    const values = settings[i];
    if (value === null || values === undefined || !isUsable[i]) return value;
    if (!component.has(i)) return null;
    if (values.size === repeats.size || effects === null) return value;
    let sum = 0;
    for (const [repeat, one] of values) sum += one - (effects.get(repeat) ?? 0);
    return sum / values.size;
  });
}

/** Whether all settings ran on the same repeats, as they do in most large searches: then nothing is adjusted. */
function haveSameRepeats(settings: readonly ValuesByRepeat[]): boolean {
  const [first] = settings;
  if (first === undefined) return true;
  const repeats = [...first.keys()];
  return settings.every(
    (values) => values.size === repeats.length && repeats.every((repeat) => values.has(repeat)),
  );
}

function plainMean(values: ValuesByRepeat): number {
  let sum = 0;
  for (const value of values.values()) sum += value;
  return sum / values.size;
}

/** The settings that are linked by shared repeats, directly or through others; of several such sets the largest. */
function largestComponent(settings: readonly ValuesByRepeat[]): ReadonlySet<number> {
  const ranOn = new Map<number, number[]>();
  for (const [i, values] of settings.entries()) {
    for (const repeat of values.keys()) {
      const list = ranOn.get(repeat);
      if (list === undefined) ranOn.set(repeat, [i]);
      else list.push(i);
    }
  }
  const seen = new Set<number>();
  const seenRepeats = new Set<number>();
  let largest: ReadonlySet<number> = new Set();
  for (const [start, { size }] of settings.entries()) {
    if (size === 0 || seen.has(start)) continue;
    const component = new Set([start]);
    seen.add(start);
    // A set goes on to the members that are added while it is walked through.
    for (const member of component) {
      for (const repeat of settings[member]?.keys() ?? []) {
        if (seenRepeats.has(repeat)) continue;
        seenRepeats.add(repeat);
        for (const other of ranOn.get(repeat) ?? []) {
          component.add(other);
          seen.add(other);
        }
      }
    }
    if (component.size > largest.size) largest = component;
  }
  return largest;
}

/** Repeats on which the same settings ran. Least squares needs only the means of each setting over them. */
interface RepeatGroup {
  readonly repeats: number[];
  readonly members: readonly number[];
}

function groupRepeats(settings: readonly ValuesByRepeat[], component: ReadonlySet<number>): RepeatGroup[] {
  const membersOf = new Map<number, number[]>();
  for (const i of component) {
    for (const repeat of settings[i]?.keys() ?? []) {
      const members = membersOf.get(repeat);
      if (members === undefined) membersOf.set(repeat, [i]);
      else members.push(i);
    }
  }
  const groups = new Map<string, RepeatGroup>();
  for (const [repeat, members] of membersOf) {
    const name = members.join();
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { repeats: [repeat], members });
    else group.repeats.push(repeat);
  }
  return [...groups.values()];
}

/** The effect of each repeat, the same for those of a group; over all repeats they sum to 0. */
function groupEffects(
  settings: readonly ValuesByRepeat[],
  component: ReadonlySet<number>,
  groups: readonly RepeatGroup[],
): ReadonlyMap<number, number> {
  const size = groups.length;
  const weights = groups.map(({ repeats }) => repeats.length);
  const groupOf = new Map(groups.flatMap(({ repeats }, g) => repeats.map((repeat) => [repeat, g] as const)));
  const matrix = groups.map(() => new Array<number>(size).fill(0));
  const right = new Array<number>(size).fill(0);
  const add = (row: number, column: number, value: number): void => {
    const line = matrix[row];
    if (line !== undefined) line[column] = (line[column] ?? 0) + value;
  };
  // The normal equations for the effects of the groups, with the effects of the settings eliminated.
  for (const i of component) {
    const sums = new Map<number, number>();
    let total = 0;
    for (const [repeat, value] of settings[i] ?? []) {
      const group = groupOf.get(repeat) ?? 0;
      sums.set(group, (sums.get(group) ?? 0) + value);
      total += value;
    }
    const count = settings[i]?.size ?? 0;
    for (const [g, sum] of sums) {
      const weight = weights[g] ?? 0;
      right[g] = (right[g] ?? 0) + sum - (weight * total) / count;
      add(g, g, weight);
      for (const h of sums.keys()) add(g, h, -(weight * (weights[h] ?? 0)) / count);
    }
  }
  // The effects are known up to a constant: the last equation follows from the others and makes way for their sum.
  matrix[size - 1] = [...weights];
  right[size - 1] = 0;
  const effects = solve(matrix, right);
  return new Map([...groupOf].map(([repeat, g]) => [repeat, effects[g] ?? 0]));
}

/** Solves linear equations by Gaussian elimination with partial pivoting; changes its arguments. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  const at = (row: number, column: number): number => matrix[row]?.[column] ?? 0;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    }
    [matrix[column], matrix[pivot]] = [matrix[pivot] ?? [], matrix[column] ?? []];
    [right[column], right[pivot]] = [right[pivot] ?? 0, right[column] ?? 0];
    for (let row = column + 1; row < size; row++) {
      const factor = at(row, column) / at(column, column);
      const line = matrix[row];
      if (factor === 0 || line === undefined) continue;
      for (let k = column; k < size; k++) line[k] = (line[k] ?? 0) - factor * at(column, k);
      right[row] = (right[row] ?? 0) - factor * (right[column] ?? 0);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = right[row] ?? 0;
    for (let k = row + 1; k < size; k++) rest -= at(row, k) * (solution[k] ?? 0);
    solution[row] = rest / at(row, row);
  }
  return solution;
}
