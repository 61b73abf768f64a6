import { Document, type Scalar, type YAMLMap } from 'yaml';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { goalInName } from '../../campaign/metric.js';
import { parseConfig } from '../diagnostics/config-document.js';
import { convertMethod } from './convert-method.js';
import { convertParameters, type SweepNote } from './convert-parameters.js';
import { formatSweepValue, isRecord, textIn } from './sweep-value.js';

/** A config made of a sweep. */
export interface ConvertedSweep {
  readonly text: string;
  /** What has no equivalent, or needs a look: one sentence each. They are comments in the text, too. */
  readonly notes: readonly string[];
}

/** The command of a sweep that names none, as W&B has it. */
const DEFAULT_COMMAND = ['env', 'interpreter', 'program', 'args'].map((name) => `\${${name}}`);

/** Keys of a sweep that are read below. */
const KNOWN = [
  'program',
  'command',
  'method',
  'metric',
  'parameters',
  'early_terminate',
  'run_cap',
  'name',
  'description',
  'project',
  'entity',
];

/**
 * Makes a config of a W&B sweep (docs.wandb.ai, sweep configuration). Each part has a comment that says what became of
 * it. Throws USAGE_INVALID if the text is no sweep.
 */
export function convertSweep(text: string, path: string): ConvertedSweep {
  const sweep = readSweep(text, path);
  const document = new Document({});
  const root = document.createNode({}) as YAMLMap;
  document.contents = root as typeof document.contents;
  const notes: string[] = [];
  const put = (key: string, value: unknown, said: readonly SweepNote[] = []): void => {
    const pair = document.createPair(key, value);
    const comments = said.map(({ text: comment }) => comment);
    if (comments.length > 0)
      (pair.key as Scalar).commentBefore = comments.map((line) => ` ${line}`).join('\n');
    root.add(pair);
    for (const note of said) if (note.needsLook) notes.push(note.text);
  };

  const description = textIn(sweep, 'description');
  const name = (textIn(sweep, 'name') ?? textIn(sweep, 'project') ?? 'sweep').replaceAll(/[/\\]/g, '-');
  document.commentBefore = [
    `Made from the W&B sweep ${path}.`,
    ...(description === null ? [] : [description]),
  ]
    .map((line) => ` ${line.replaceAll(/\s+/g, ' ')}`)
    .join('\n');
  const left = ['project', 'entity']
    .filter((key) => key in sweep)
    .map((key) => `${key} ${formatSweepValue(sweep[key])}`);
  put('name', name, left.length === 0 ? [] : [fine(`${left.join(' and ')}: fitfirst has no projects.`)]);
  put('trainer', trainerOf(sweep), [
    fine(
      'Metrics go to a file. In the program, replace "import wandb" by "import fitfirst as wandb" (fitfirst.py is',
    ),
    fine('in the package), or read what it prints or writes: see docs/programs.md.'),
  ]);
  const [metric, metricNotes] = metricOf(sweep);
  put('metric', metric, metricNotes);
  const { parameters, notes: ofParameters } = convertParameters(sweep.parameters);
  put('parameters', parameters, ofParameters);
  const { method, notes: ofMethod } = convertMethod(sweep);
  put('method', method, ofMethod);
  const others = Object.keys(sweep).filter((key) => !KNOWN.includes(key));
  if (others.length > 0) {
    const sentence = `Without an equivalent: ${others.join(', ')}.`;
    document.comment = ` ${sentence}`;
    notes.push(sentence);
  }
  return { text: document.toString({ lineWidth: 0 }), notes };
}

const fine = (text: string): SweepNote => ({ text, needsLook: false });

function readSweep(text: string, path: string): Record<string, unknown> {
  const { problems, value } = parseConfig(text);
  const [problem] = problems;
  if (problem !== undefined)
    throw new FitfirstError('USAGE_INVALID', `${path}: not valid YAML: ${problem.sentence}`);
  if (!isRecord(value) || !isRecord(value.parameters))
    throw new FitfirstError(
      'USAGE_INVALID',
      `${path}: this is no W&B sweep: it has no mapping "parameters". Expected a file as "wandb sweep" takes it.`,
    );
  return value;
}

function trainerOf(sweep: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const command = Array.isArray(sweep.command) ? sweep.command.map(String) : DEFAULT_COMMAND;
  const program = textIn(sweep, 'program');
  return { command, ...(program !== null && { program }) };
}

function metricOf(sweep: Readonly<Record<string, unknown>>): [Record<string, unknown>, SweepNote[]] {
  const given = isRecord(sweep.metric) ? sweep.metric : {};
  const name = textIn(given, 'name') ?? 'val_loss';
  const goal = textIn(given, 'goal') ?? goalInName(name) ?? 'minimize';
  const notes =
    'name' in given ? [] : [{ text: 'The sweep names no metric; this is a guess.', needsLook: true }];
  if ('target' in given)
    notes.push({
      text: `target ${formatSweepValue(given.target)} has no equivalent: fitfirst runs all trials.`,
      needsLook: true,
    });
  return [{ name, goal }, notes];
}
