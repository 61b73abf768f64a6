import { Document, type Node, type YAMLMap } from 'yaml';
import type { InspectedTable, Proposal } from '../../data/inspect/inspect-table.js';
import { formatList } from '../../text/list.js';
import { formatCount, formatWhole } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import { GROWTH_REPEATS, type StarterEffort, type StarterPlan, starterPlan } from './starter-plan.js';
import { flow, mapOf, power, put } from './yaml-nodes.js';

/** What a config for a table is written from. */
export interface Starter {
  readonly name: string;
  readonly inspected: InspectedTable;
  readonly proposal: Proposal;
  /** How the target came about: named by a person, or guessed for a reason. */
  readonly chosen: { readonly by: 'person' } | { readonly by: 'guess'; readonly because: string };
  /** Paths as the config is to have them. */
  readonly path: string;
  readonly test: string | null;
  /** The command that runs it. */
  readonly command: string;
  readonly effort: StarterEffort;
  /** What is said of the time that the campaign takes, as a sentence; null if nothing is known of it. */
  readonly time: string | null;
}

/** The seed of a config that `init` writes. Its parts, and what is said of them, depend on it. */
export const STARTER_SEED = 7;

const MAX_LISTED = 8;
/** Of more columns that are dropped, those with the same reason are mentioned together. */
const MAX_DROPPED_LISTED = 20;
/** Where growth ends if a config does not say. */
const DEFAULT_MAX_HIDDEN = 4096;
/** Warnings whose facts are written in a comment on the key that they are about. */
const SAID_OTHERWISE: ReadonlySet<string> = new Set(['missing-filled', 'rows-dropped']);

/** The text of a config for a table: ready to run, each choice with its reason in a comment. */
export function starterConfig(starter: Starter): string {
  const { name, inspected, proposal } = starter;
  const { table } = inspected;
  const { facts } = proposal;
  const plan = starterPlan(facts.parts.training, facts.inputs, starter.effort);
  const document = new Document({});
  const root = mapOf(document, {});
  document.contents = root;
  document.commentBefore = ` ${[
    `For ${escapeControls(starter.path)}: ${formatCount(table.rows, 'row')} of ` +
      `${formatCount(table.width, 'column')}, ${table.hasHeader ? 'with a header line' : 'without a header line'}.`,
    ...(starter.time === null ? [] : [starter.time]),
    `Edit the config as you like. Then: ${starter.command}`,
  ].join('\n ')}`;
  put(root, 'name', name);
  put(root, 'seed', STARTER_SEED);
  put(root, 'data', dataSection(document, starter));
  const notes = [
    ...ceilingSentence(proposal),
    ...duplicateSentence(proposal),
    ...proposal.findings.flatMap((finding) =>
      finding.kind === 'warning' && !SAID_OTHERWISE.has(finding.code) ? [finding.because] : [],
    ),
  ];
  put(
    root,
    'parameters',
    parametersSection(document, plan),
    notes.map((note) => escapeControls(note)).join('\n'),
  );
  put(
    root,
    'repeats',
    flow(document, plan.repeats),
    plan.repeats.first === 1
      ? 'A race: all settings run on one repeat, the better half on two, and so on.'
      : `A race: all settings run on ${plan.repeats.first} repeats, the better half on twice as many, and so on.`,
  );
  if (plan.networks > 1) {
    put(
      root,
      'finish',
      flow(document, { networks: plan.networks }),
      'The networks predict together: their mean is steadier than one of them.',
    );
  }
  put(root, 'method', 'fit_first');
  put(root, 'fit_first', methodSection(document, plan), methodSentences(plan));
  return document.toString({
    lineWidth: 0,
    flowCollectionPadding: false,
    commentString: (text) => text.replace(/^(?!$)/gm, '#'),
  });
}

function methodSection(document: Document, plan: StarterPlan): YAMLMap {
  const section = mapOf(document, {
    grow: 'hidden',
    dropout: flow(document, plan.inputDropout === null ? ['dropout'] : ['dropout', 'input_dropout']),
    fit: flow(document, { reach: 'plateau', repeats: GROWTH_REPEATS }),
    epochs: flow(document, { grow: 'auto' }),
  });
  if (plan.layers !== null) {
    const rate = plan.learningRates.length > 1 ? ['learning_rate'] : [];
    put(section, 'retune', flow(document, [...rate, 'layers']));
  }
  const { growthCost, growOn, sizesAbove } = plan;
  if (growOn !== null) {
    put(section, 'grow_on', flow(document, { at_least: growOn.atLeast, at_most: growOn.atMost }));
  }
  if (sizesAbove > 0) put(section, 'above', sizesAbove);
  if (growthCost !== null) {
    put(section, 'grow_until', flow(document, { cost: power(Number(growthCost)), size: DEFAULT_MAX_HIDDEN }));
  }
  if (plan.confirm !== null) put(section, 'confirm', plan.confirm);
  return section;
}

function methodSentences({ growthCost, growOn, sizesAbove }: StarterPlan): string {
  const also = ['', ', and at the next size above', ', and at the next two sizes above'][sizesAbove] ?? '';
  return [
    'Double `hidden` without dropout until the network fits the training rows or no longer improves (a plateau). Then',
    `tune dropout at that size${also}.`,
    'Trials that still learn at their last epoch go on, up to 8 times as long.',
    `Growth ends at ${DEFAULT_MAX_HIDDEN} units or ${growthCost ?? '3e11'} multiply-adds; ` +
      '`grow_until` sets other limits.',
    ...(growOn === null
      ? []
      : [
          `There are few validation rows, so all sizes up to ${growOn.atLeast} units are compared before growth ends.`,
          `Once a network fits, growth goes no further than ${growOn.atMost} units.`,
        ]),
  ].join('\n');
}

function dataSection(document: Document, { inspected, proposal, chosen, path, test }: Starter): YAMLMap {
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
    parts,
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
    .map(([name, count]) => `${escapeControls(String(name))} ${formatWhole(count)}`);
  if (counts.length > MAX_LISTED) shown.push(`${counts.length - MAX_LISTED} more`);
  const classes =
    `${formatCount(facts.classes?.length ?? 0, 'class', 'classes')} and their numbers of rows: ` +
    `${formatList(shown)}.`;
  const isNumbers = target.kind === 'number' && target.distinct > 2;
  return isNumbers
    ? `${classes}\nThe classes are numbers. To predict them as numbers, write task: regression.`
    : classes;
}

/** A ceiling below 1 is among the findings. */
function ceilingSentence({ facts }: Proposal): string[] {
  if (facts.contradictingRows > 0) return [];
  const score = facts.task === 'classification' ? 'training accuracy' : 'training R2';
  return [`Fit ceiling: a ${score} of 1 is possible, as no training rows contradict each other.`];
}

function duplicateSentence({ duplicates, facts }: Proposal): string[] {
  if (duplicates === 0) return [];
  return [
    `${formatCount(duplicates, 'row')} of ${formatWhole(facts.rows)} ` +
      `${duplicates === 1 ? 'repeats' : 'repeat'} an earlier one in the columns that are used.`,
  ];
}

function parametersSection(document: Document, plan: ReturnType<typeof starterPlan>): YAMLMap {
  const values = (list: readonly number[]): Node => flow(document, { values: list });
  const parameters = mapOf(document, {});
  put(parameters, 'hidden', flow(document, { from: plan.hidden, times: 2 }));
  if (plan.layers !== null) put(parameters, 'layers', values(plan.layers));
  put(parameters, 'dropout', values(plan.dropout));
  if (plan.inputDropout !== null) put(parameters, 'input_dropout', values(plan.inputDropout));
  put(
    parameters,
    'learning_rate',
    plan.learningRates.length === 1
      ? flow(document, { value: plan.learningRates[0] })
      : values(plan.learningRates),
  );
  put(parameters, 'init', flow(document, { value: 'glorot' }));
  put(parameters, 'batch_size', flow(document, { value: plan.batchSize }));
  put(parameters, 'epochs', flow(document, { value: plan.epochs }));
  return parameters;
}
