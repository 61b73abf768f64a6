import type { Finding } from '../../campaign/finding.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { escapeControls, quote } from '../../text/quote.js';
import { buildDataset } from '../build/build-dataset.js';
import type { ColumnOptions } from '../column-options.js';
import { type DescribedData, describeData } from '../describe/describe-data.js';
import { dataError } from '../diagnostics.js';
import type { DataOptions } from '../options.js';
import type { Delimiter } from '../sources/csv/delimiter.js';
import type { NumberNotation } from '../sources/csv/number-notation.js';
import { fileSource, firstLines } from '../sources/formats.js';
import type { ReadingWatch } from '../sources/read-bytes.js';
import type { RowSource } from '../sources/row-source.js';
import { findColumn, referenceOfKey } from '../table/column-reference.js';
import { readTable } from '../table/read-table.js';
import { type Table, withTarget } from '../table/table.js';
import { type ColumnProposal, columnProposals } from './column-proposal.js';
import { columnsToDrop, type DroppedColumn } from './columns-to-drop.js';
import { derivedColumns } from './derived-columns.js';
import { refuseFormattedNumbers } from './formatted-numbers.js';
import { foundUnits, readableUnits } from './found-units.js';
import { guessTarget, type TargetGuess, taskOf } from './guess-target.js';
import { leakingColumns } from './leaking-columns.js';
import { missingBecause, textsAmongNumbers, withMissingAmongNumbers } from './missing-among-numbers.js';
import { notesBelow } from './notes-below.js';
import { type FoundNotation, foundNotation } from './number-notation.js';
import { haveOneScale } from './one-scale.js';
import { predictingColumns } from './predicting-columns.js';
import { type ColumnProfile, profileTable } from './profile.js';
import { repeatedColumns } from './repeated-columns.js';
import { type LineToSkip, topOfTable } from './top-of-table.js';
import { totalsBelow } from './totals-below.js';

/** A table that has been inspected, before its target is known. */
export interface InspectedTable {
  readonly path: string;
  /** What separates its cells; null if nothing does. */
  readonly delimiter: Delimiter | null;
  /** Lines above the rows that do not name the columns. */
  readonly skipped: readonly LineToSkip[];
  /** How numbers are written; null for plain numbers. */
  readonly notation: FoundNotation | null;
  readonly table: Table;
  readonly profiles: readonly ColumnProfile[];
  /** null if no column can be a target. */
  readonly guess: TargetGuess | null;
}

/** The proposed options of a table, with what is known about the data then. */
export interface Proposal {
  readonly target: ColumnProfile;
  readonly drop: readonly DroppedColumn[];
  readonly missing: 'error' | 'median';
  /** Options of single columns, including the target. */
  readonly columns: readonly ColumnProposal[];
  /** The number of missing cells in the columns that are kept. */
  readonly missingCells: number;
  readonly task: 'classification' | 'regression';
  readonly standardize: true | 'together';
  /** Rows that repeat an earlier row in inputs and target. */
  readonly duplicates: number;
  readonly facts: DescribedData;
  readonly findings: readonly Finding[];
  /** Sentences about inputs that may reveal the target. */
  readonly hints: readonly string[];
  /** Sentences about texts that count as missing, and about those that may stand for missing cells. */
  readonly missingTexts: readonly string[];
}

/** The split that a proposal has. */
const PROPOSED_SPLIT = { kind: 'shares', validation: 0.2, test: 0.2 } as const;

/** Reads a table and profiles its columns. Throws DATA_INVALID. */
export async function inspectTable(path: string, watch: ReadingWatch): Promise<InspectedTable> {
  const start = await firstLines(path);
  const top = start === null ? { delimiter: null, skipped: [] } : await topOfTable(start);
  const { delimiter } = top;
  const readAs = (
    lines: readonly LineToSkip[],
    notation: NumberNotation | null,
    columns: readonly ColumnOptions[] = [],
  ): Promise<Table> =>
    readTable(
      {
        sources: [sourceOf(path, lines, notation)],
        header: null,
        columns: { target: 0, drop: [], split: PROPOSED_SPLIT, columns },
      },
      watch,
    );
  let skipped = top.skipped;
  let asIs = await readAs(skipped, null).catch(async (error: unknown) => {
    const notes = error instanceof FitfirstError ? await notesBelow(sourceOf(path, skipped, null)) : [];
    if (notes.length === 0) throw error;
    skipped = [...skipped, ...notes];
    return readAs(skipped, null);
  });
  const totals = start === null ? [] : totalsBelow(asIs);
  if (totals.length > 0) {
    skipped = [...skipped, ...totals].sort((a, b) => a.line - b.line);
    asIs = await readAs(skipped, null);
  }
  const possible = foundUnits(asIs);
  const notation = foundNotation(asIs, possible);
  const written = notation?.notation ?? null;
  const units = readableUnits(possible, written);
  const isAsRead = notation === null && units.length === 0;
  const table = withMissingAmongNumbers(isAsRead ? asIs : await readAs(skipped, written, units));
  refuseFormattedNumbers(table, path);
  const profiles = profileTable(table);
  return { path, delimiter, skipped, notation, table, profiles, guess: guessTarget(table, profiles) };
}

function sourceOf(path: string, skipped: readonly LineToSkip[], notation: NumberNotation | null): RowSource {
  return fileSource(path, { skipLines: skipped.map(({ line }) => line), notation });
}

/** Reads a file as test rows of this table; null if it does not have the same columns. */
export async function readTestTable(
  { table, skipped, notation: found }: InspectedTable,
  path: string,
): Promise<Table | null> {
  const source = sourceOf(path, skipped, found?.notation ?? null);
  try {
    return await readTable({ sources: [source], header: table.hasHeader, columns: table });
  } catch (error) {
    if (error instanceof FitfirstError) return null;
    throw error;
  }
}

/** The column that a person names, by name or index as in a config. Throws USAGE_INVALID. */
export function columnNamed({ table, profiles }: InspectedTable, reference: string): ColumnProfile {
  const cells = table.header ?? Array.from({ length: table.width }, (_, i) => `column ${i}`);
  const first = { source: table.source, line: 1, cells, header: table.hasHeader };
  const asked = findColumn(referenceOfKey(reference, first), first);
  if (asked.kind === 'lost') {
    const because = table.hasHeader
      ? asked.because
      : `the table has no header line. Give the index, from 0 to ${table.width - 1}.`;
    throw new FitfirstError('USAGE_INVALID', `--target is ${quote(reference)}, but ${because}`);
  }
  const found = profiles.find((profile) => profile.column.index === asked.index);
  if (found === undefined) throw new RangeError('every column has a profile');
  return found;
}

/**
 * Decides what to do with each column for a target, and describes the data as a campaign with this seed does. Empties
 * the tables. Throws DATA_INVALID if a run of the config would.
 */
export function propose(
  inspected: InspectedTable,
  target: ColumnProfile,
  test: Table | null,
  seed: number,
): Proposal {
  const { table, profiles, path } = inspected;
  const leaking = leakingColumns(table, profiles, target);
  const useless = columnsToDrop(profiles, target, table.rows, leaking);
  const without = (left: readonly DroppedColumn[]): ColumnProfile[] => {
    const unused = new Set([target, ...left.map(({ column }) => column)]);
    return profiles.filter((profile) => !unused.has(profile));
  };
  const drop = [...useless, ...repeatedColumns(table, without(useless))].sort(
    (a, b) => a.column.column.index - b.column.column.index,
  );
  const dropped = new Set(drop.map(({ column }) => column.column.index));
  const kept = without(drop);
  if (kept.length === 0) {
    const reasons = drop
      .slice(0, 5)
      .map(({ column, because }) => `${escapeControls(column.name)}: ${because}`);
    throw dataError(
      `${escapeControls(path)}  found no useful column besides the target ` +
        `${JSON.stringify(escapeControls(target.name))}, expected at least one ` +
        `(${reasons.join('; ')}). Choose another target with --target.`,
    );
  }
  const missingCells = kept.reduce((sum, profile) => sum + profile.missing, 0);
  const missing = missingCells > 0 ? 'median' : 'error';
  const task = taskFor(target, table.rows, test !== null);
  const hints = [
    ...derivedColumns(table, kept, target),
    ...(task === 'classification' ? predictingColumns(table, kept, target) : []),
  ];
  const columns = columnProposals(kept, target, table.rows);
  const used = [target, ...kept].map(({ column }) => column);
  const missingTexts = [
    ...used.flatMap((column) =>
      missingBecause(column).map((because) => `${quote(column.name)}: ${because}.`),
    ),
    ...textsAmongNumbers(used),
  ];
  const columnOptions = columns.map(({ column, options }) => ({
    ...options,
    column: String(column.column.index),
  }));
  const standardize = haveOneScale(kept) ? 'together' : true;
  const options: DataOptions = {
    source: { kind: 'table', paths: [path], test: null, delimiter: null },
    target: target.column.index,
    header: table.hasHeader,
    drop: [...dropped],
    missing,
    indicator: false,
    columns: columnOptions,
    task,
    split: test !== null ? { ...PROPOSED_SPLIT, test: 0 } : PROPOSED_SPLIT,
    standardize,
    unseen: 'ignore',
  };
  const byPlace = new Map(columnOptions.map((own) => [Number(own.column), own]));
  const own = (each: Table): Table => withTarget(each, target.column.index, dropped, byPlace);
  const dataset = buildDataset(own(table), test && own(test), options);
  const { facts, findings, duplicates } = describeData(dataset, seed);
  return {
    target,
    drop,
    missing,
    columns,
    missingCells,
    task,
    standardize,
    duplicates,
    facts,
    findings: findings.filter(({ kind }) => kind === 'warning'),
    hints,
    missingTexts,
  };
}

/** Numbers of which some occur in hardly any row are no classes: not every part could have them. */
function taskFor(target: ColumnProfile, rows: number, hasTestFile: boolean): 'classification' | 'regression' {
  const task = taskOf(target, rows);
  if (task === 'regression' || target.kind !== 'number' || target.distinct <= 2) return task;
  const smallest = Math.min(...(target.counts?.values() ?? []));
  return smallest < (hasTestFile ? 2 : 3) ? 'regression' : 'classification';
}
