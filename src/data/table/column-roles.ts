import { quote } from '../../text/quote.js';
import type { ColumnOptions } from '../column-options.js';
import type { OptionDiagnostic } from '../diagnostics.js';
import { type DataOptions, splitColumnOf } from '../options.js';
import { type FirstLine, type FoundColumn, findColumn, referenceOfKey } from './column-reference.js';

/** The options of a config about columns. */
export type ColumnRequest = Pick<DataOptions, 'drop' | 'split' | 'columns' | 'missingValues'> & {
  readonly target: string | number;
};

/** The roles of the columns of a table, by index in the file from 0. */
export interface ColumnRoles {
  readonly target: number;
  /** In order. */
  readonly inputs: readonly number[];
  /** The column that decides the split, kept in addition to the inputs; null for none. */
  readonly splitColumn: number | null;
  /** Options of single columns. */
  readonly options: ReadonlyMap<number, ColumnOptions>;
  /** Values that stand for a missing cell, for the columns that have any. */
  readonly missingValues: ReadonlyMap<number, readonly string[]>;
  /** What may stand before or after numbers, for the columns that have such a unit. */
  readonly units: ReadonlyMap<number, string>;
  /** Whether the first line names the columns; null if that is yet to be detected. */
  readonly header: boolean | null;
}

/**
 * The roles, with diagnostics. If there are diagnostics, roles are guesses, which serve to find more of them; null if
 * a column cannot be guessed.
 */
export interface SettledRoles {
  readonly roles: ColumnRoles | null;
  readonly diagnostics: readonly OptionDiagnostic[];
}

/**
 * Resolves the roles of columns. This is the one place that looks up references of a config to columns. Reports every
 * column that does not exist or has two roles, with its place in the config and what to do.
 */
export function columnRoles(request: ColumnRequest, first: FirstLine): SettledRoles {
  const { drop, split } = request;
  const splitColumn = splitColumnOf(split);
  // A reference by name implies a header.
  const isNamed = [request.target, splitColumn, ...drop].some((reference) => typeof reference === 'string');
  let header = first.header ?? (isNamed ? true : null);
  const diagnostics: OptionDiagnostic[] = [];
  let isSettled = true;

  /** Looks up a column: its index, or that of the nearest name if it does not exist; null if no name is near. */
  const lookUp = (reference: string | number, path: OptionDiagnostic['path'], at: OptionDiagnostic['at']) => {
    const found: FoundColumn = findColumn(reference, first);
    if (found.kind === 'found') return { index: found.index, isGuess: false };
    diagnostics.push({ path, at, sentence: `${said(path, at, reference)}, but ${found.because}` });
    if (found.meant === null) isSettled = false;
    return { index: found.meant, isGuess: true };
  };

  const target = lookUp(request.target, ['data', 'target'], 'value').index;
  const dropped = new Set<number>();
  drop.forEach((reference, entry) => {
    const path = ['data', 'drop', entry];
    const { index, isGuess } = lookUp(reference, path, 'value');
    if (index === null) return;
    if (index !== target) dropped.add(index);
    else if (!isGuess) {
      const sentence =
        `${said(path, 'value', reference)}, which is the target. Remove it from drop, or predict ` +
        'another column.';
      diagnostics.push({ path, at: 'value', sentence });
    }
  });
  let splitIndex: number | null = null;
  if (splitColumn !== null) {
    const path = ['data', 'split', split.kind];
    const { index, isGuess } = lookUp(splitColumn, path, 'value');
    splitIndex = index;
    if (index !== null && index === target && !isGuess) {
      const sentence =
        `${said(path, 'value', splitColumn)}, which is the target. Name the column that splits ` +
        'the rows, or remove it.';
      diagnostics.push({ path, at: 'value', sentence });
      isSettled = false;
    }
  }

  const options = new Map<number, ColumnOptions>();
  const resolved = request.columns.map((own) => {
    const reference = referenceOfKey(own.column, { ...first, header });
    return { own, reference, ...lookUp(reference, ['data', 'columns', own.column], 'key') };
  });
  if (resolved.some(({ reference }) => typeof reference === 'string')) header ??= true;
  for (const { own, index, isGuess } of resolved) {
    if (index === null) continue;
    const before = options.get(index);
    const because = isGuess ? null : conflictOf(own, before, roleAt(index));
    if (because !== null)
      diagnostics.push({ path: ['data', 'columns', own.column], at: 'key', sentence: because });
    if (before === undefined) options.set(index, own);
  }

  const inputs = [...first.cells.keys()].filter(
    (index) => index !== target && index !== splitIndex && !dropped.has(index),
  );
  if (inputs.length === 0 && diagnostics.length === 0) {
    const key = drop.length > 0 ? 'drop' : 'split';
    const sentence = `data.${key} leaves no column for the inputs, expected at least one besides the target.`;
    diagnostics.push({ path: ['data', key], at: 'key', sentence });
    isSettled = false;
  }
  const roles =
    target === null
      ? null
      : {
          target,
          inputs,
          splitColumn: splitIndex,
          options,
          missingValues: missingValues(),
          units: units(),
          header,
        };
  return { roles: isSettled ? roles : null, diagnostics };

  function missingValues(): ReadonlyMap<number, readonly string[]> {
    const usual = request.missingValues ?? [];
    const named = [...options].filter(([, own]) => own.missingValues !== undefined);
    if (usual.length === 0 && named.length === 0) return new Map();
    return new Map(
      [...first.cells.keys()].flatMap((index) => {
        const values = options.get(index)?.missingValues ?? usual;
        return values.length === 0 ? [] : [[index, values]];
      }),
    );
  }

  function units(): ReadonlyMap<number, string> {
    return new Map([...options].flatMap(([index, { unit }]) => (unit === undefined ? [] : [[index, unit]])));
  }

  function roleAt(index: number): string | null {
    if (index === target) return 'the target';
    if (index === splitIndex) return 'what the split goes by';
    return dropped.has(index) ? 'dropped' : null;
  }
}

/** The start of a diagnostic: `data.drop[1] is "Agee"`, or `data.columns speaks of "Agee"`. */
function said(
  path: OptionDiagnostic['path'],
  at: OptionDiagnostic['at'],
  reference: string | number,
): string {
  const steps = at === 'key' ? path.slice(0, -1) : path;
  const where = steps.map((step, i) =>
    typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`,
  );
  const shown = typeof reference === 'number' ? reference : quote(reference);
  return `${where.join('')} ${at === 'key' ? 'speaks of' : 'is'} ${shown}`;
}

/** Why a column cannot have options, because of its role or because it has some already; null if it can. */
function conflictOf(
  own: ColumnOptions,
  before: ColumnOptions | undefined,
  role: string | null,
): string | null {
  const speaks = `data.columns speaks of ${quote(own.column)}`;
  if (before !== undefined) {
    return `data.columns speaks of one column twice, as ${quote(before.column)} and as ${quote(own.column)}. Keep one.`;
  }
  if (role === 'dropped') return `${speaks}, which data.drop drops. Remove it from one of them.`;
  if (role === null || saysOnlyMissing(own)) return null;
  return (
    `${speaks}, which is ${role} and not an input; expected no options but unit, missing_values and ` +
    'missing: error, or drop to drop the rows without it.'
  );
}

function saysOnlyMissing({
  missing,
  missingValues: _,
  unit: __,
  column: ___,
  ...rest
}: ColumnOptions): boolean {
  return (
    Object.keys(rest).length === 0 && (missing === undefined || missing === 'error' || missing === 'drop')
  );
}
