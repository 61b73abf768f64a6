import { Document, type Node, type YAMLMap } from 'yaml';
import type { Proposal } from '../../data/inspect/inspect-table.js';
import { formatCount, formatWhole } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import { dataSection } from './data-section.js';
import type { Starter } from './starter.js';
import { GROWTH_REPEATS, type StarterPlan, starterPlan } from './starter-plan.js';
import { flow, mapOf, power, put } from './yaml-nodes.js';

/** The seed of a config that `init` writes. Its parts, and what is said of them, depend on it. */
export const STARTER_SEED = 7;

/** Measured on tables: docs/methods.md has the figures. */
const PATIENCE = 0.2;
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
  put(root, 'data', dataSection(document, starter), leakNotices(proposal).join('\n'));
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
  put(
    root,
    'stop_early',
    flow(document, { patience: PATIENCE }),
    'Once a size is found, a trial ends when validation has not improved for a fifth of its epochs, and for as many\n' +
      'epochs as its best value took.',
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

/** What to do about inputs that may reveal the target, a sentence for each. */
export function leakNotices({ hints }: Proposal): string[] {
  return hints.map(
    (hint) => `Possible leak: ${escapeControls(hint)} Drop such columns if new rows do not have them.`,
  );
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
