import type { Document, YAMLMap } from 'yaml';
import type { Proposal } from '../../data/inspect/inspect-table.js';
import { formatList } from '../../text/list.js';
import { formatCount, formatWhole } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import type { Starter } from './starter.js';
import { flow, mapOf, put } from './yaml-nodes.js';

/** Classes that are listed with their numbers of rows. */
const MAX_LISTED = 8;
/** Of more columns that are dropped, those with the same reason are mentioned together. */
const MAX_DROPPED_LISTED = 20;

/** The section `data` of a config: how the table is read, and why so. */
export function dataSection(
  document: Document,
  { inspected, proposal, chosen, path, test }: Starter,
): YAMLMap {
  const { table, delimiter, skipped, notation } = inspected;
  const { target, drop, missing, columns, task, standardize, facts } = proposal;
  const reference = (column: { name: string; index: number }): string | number => {
    const isUnique = table.header?.filter((name) => name === column.name).length === 1;
    return isUnique ? column.name : column.index;
  };
  const data = mapOf(document, { path });
  if (test !== null) put(data, 'test', test, 'It has the same columns, so its rows are the test part.');
  put(
    data,
    'target',
    reference(target.column),
    chosen.by === 'person'
      ? null
      : `A guess: ${chosen.because}. If the guess is wrong, run init again with --target NAME.`,
  );
  put(data, 'header', table.hasHeader);
  if (delimiter !== null && delimiter !== 'comma') put(data, 'delimiter', delimiter);
  if (notation !== null) {
    const { decimal, thousands } = notation.notation;
    const because = `${escapeControls(notation.because)}.`;
    if (decimal !== 'point') put(data, 'decimal', decimal, because);
    if (thousands !== null) put(data, 'thousands', thousands, decimal === 'point' ? because : null);
  }
  if (skipped.length > 0) {
    const lines = skipped.map(({ line }) => line);
    const areFirst = lines.every((line, index) => line === index + 1);
    const reasons = skipped.map(({ line, because }) => `Line ${line} ${because}.`);
    put(data, 'skip_lines', areFirst ? lines.length : flow(document, lines), reasons.join('\n'));
  }
  if (drop.length > 0) {
    put(
      data,
      'drop',
      flow(
        document,
        drop.map(({ column }) => reference(column.column)),
      ),
      dropSentences(drop),
    );
  }
  if (missing === 'median') {
    put(
      data,
      'missing',
      missing,
      `${formatCount(proposal.missingCells, 'cell')} ` +
        `${proposal.missingCells === 1 ? 'is' : 'are'} missing. They are filled with the median of ` +
        'the training part, or its most frequent text.',
    );
  }
  put(data, 'task', task, taskSentence(proposal));
  const { validation, training, test: held } = facts.parts;
  const parts =
    `${formatWhole(training)} training rows, ${formatWhole(validation)} validation rows` +
    `${held > 0 ? `, ${formatWhole(held)} test rows` : ''}.`;
  put(
    data,
    'split',
    flow(document, test === null ? { validation: 0.2, test: 0.2 } : { validation: 0.2 }),
    [parts, ...fewTestRows(proposal)].join('\n'),
  );
  if (standardize === 'together')
    put(
      data,
      'standardize',
      standardize,
      'All inputs are whole numbers up to about the same largest one, as pixels are: they keep their common scale.',
    );
  if (columns.length > 0)
    put(data, 'columns', columnsSection(document, columns, reference), columnsSentence(columns));
  return data;
}

/** A sentence for each dropped column; or for each reason, if there are many of them. */
function dropSentences(drop: Proposal['drop']): string {
  if (drop.length <= MAX_DROPPED_LISTED)
    return drop.map(({ column, because }) => `${escapeControls(column.name)}: ${because}.`).join('\n');
  const byReason = new Map<string, string[]>();
  for (const { column, because } of drop)
    byReason.set(because, [...(byReason.get(because) ?? []), escapeControls(column.name)]);
  return [...byReason]
    .map(([because, names]) =>
      names.length === 1
        ? `${names[0]}: ${because}.`
        : `Each of ${names.length} columns, such as ${names[0]}: ${because}.`,
    )
    .join('\n');
}

function columnsSection(
  document: Document,
  columns: Proposal['columns'],
  reference: (column: { name: string; index: number }) => string | number,
): YAMLMap {
  const section = mapOf(document, {});
  for (const { column, options, because } of columns) {
    const { maxCategories, missingValues, ...rest } = options;
    const said = {
      ...(missingValues !== undefined && { missing_values: missingValues }),
      ...rest,
      ...(maxCategories !== undefined && { most_categories: maxCategories }),
    };
    put(
      section,
      String(reference(column.column)),
      flow(document, said),
      escapeControls(`${column.name}: ${because}.`),
    );
  }
  return section;
}

/** What can be said otherwise. */
function columnsSentence(columns: Proposal['columns']): string {
  const has = (isSo: (proposal: Proposal['columns'][number]) => boolean): boolean => columns.some(isSo);
  return [
    ...(has(({ options }) => options.as !== undefined)
      ? [
          'one_hot: one input per category. ordinal: one input, the index of the category in ' +
            '`order: [low, mid, high]`.',
        ]
      : []),
    ...(has(({ options }) => options.indicator !== undefined)
      ? ['indicator: true adds an input that is 1 if the cell is missing.']
      : []),
  ].join('\n');
}

function taskSentence({ task, target, facts }: Proposal): string {
  if (task === 'regression') return 'The target is a number.';
  const counts = [...(target.counts ?? [])].sort((a, b) => b[1] - a[1]);
  const shown = counts
    .slice(0, MAX_LISTED)
    .map(([name, count]) => `${escapeControls(String(name))} (${formatWhole(count)})`);
  if (counts.length > MAX_LISTED) shown.push(`${counts.length - MAX_LISTED} more`);
  const classes =
    `${formatCount(facts.classes?.length ?? 0, 'class', 'classes')}, with their numbers of rows: ` +
    `${formatList(shown)}.`;
  const isNumbers = target.kind === 'number' && target.distinct > 2;
  return isNumbers
    ? `${classes}\nThe classes are numbers. To predict them as numbers, write task: regression.`
    : classes;
}

/** With fewer test rows than this, the 95 % interval of an accuracy of 90 % spans 28 points or more. */
const ENOUGH_TEST_ROWS = 20;

/** A sentence if the test part is too small to say much. */
export function fewTestRows({ facts }: Proposal): string[] {
  const { test } = facts.parts;
  if (test === 0 || test >= ENOUGH_TEST_ROWS) return [];
  return [`The test part has only ${formatCount(test, 'row')}, so its score says little about new rows.`];
}
