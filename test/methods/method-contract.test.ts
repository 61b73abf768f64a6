import { describe, expect, it } from 'vitest';
import type { Domain } from '../../src/campaign/domain.js';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { methodChecks } from '../../src/contracts/method/method-checks.js';
import {
  contextOf,
  exampleSpace,
  type MethodSurroundings,
} from '../../src/contracts/method/method-subject.js';
import type { RaceRepeats } from '../../src/methods/comparison.js';
import type { MethodKind } from '../../src/methods/method-kind.js';
import { methodKinds } from '../../src/methods/registry.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { landscape } from '../support/landscape.js';

interface BuiltIn extends MethodSurroundings {
  readonly options: unknown;
  /** On how many repeats settings run. Default: those of the contract. */
  readonly repeats?: RaceRepeats;
  readonly extended?: { readonly options?: unknown; readonly space?: SearchSpace };
}

const continuous: Domain = { kind: 'log_uniform_values', min: 1e-3, max: 1 };
const fitFirstOptions = {
  grow: 'hidden',
  dropout: ['dropout'],
  search: { method: 'random', trials: 2 },
  confirm: 3,
};

/** Differences between settings that some tests see and others do not. */
const noisy: MethodSurroundings['reports'] = ({ parameters, repeat, epochs }) => {
  const noise = keyedStream('noisy', JSON.stringify(parameters), repeat).normal() / 4;
  const loss = 5 + Number(parameters.hidden) / 8 + Number(parameters.dropout) + noise;
  return Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    metrics: { val_loss: loss + 1 / (i + 1) },
  }));
};

/** How the contract tries each built-in method. */
const builtIn: Readonly<Record<string, readonly BuiltIn[]>> = {
  grid: [
    { options: {} },
    { options: {}, space: { ...exampleSpace, hidden: { kind: 'int_uniform', min: 2, max: 4 } } },
    { options: {}, repeats: { first: 1, most: 8, firstTest: 3 }, reports: noisy },
    { options: {}, repeats: { first: 2, most: 8, firstTest: 4 } },
  ],
  random: [
    { options: { trials: 12 }, extended: { options: { trials: 20 } } },
    { options: { trials: 12 }, space: { ...exampleSpace, learning_rate: continuous } },
  ],
  sobol: [
    { options: { trials: 12 }, extended: { options: { trials: 20 } } },
    { options: { trials: 12 }, space: { ...exampleSpace, learning_rate: continuous } },
  ],
  tpe: [
    { options: { trials: 16, start: 4 }, extended: { options: { trials: 24, start: 4 } } },
    { options: { trials: 16, start: 4, window: 3 }, space: { ...exampleSpace, learning_rate: continuous } },
  ],
  halving: [
    { options: { trials: 9, max_epochs: 9 } },
    { options: { trials: 10, eta: 2, min_epochs: 2, max_epochs: 9, sampler: 'sobol' } },
  ],
  hyperband: [
    { options: { min_epochs: 2, max_epochs: 9 }, space: { ...exampleSpace, learning_rate: continuous } },
    {
      options: { max_epochs: 9, sampler: 'tpe', rounds: 2 },
      extended: { options: { max_epochs: 9, sampler: 'tpe', rounds: 3 } },
      space: { ...exampleSpace, learning_rate: continuous },
    },
  ],
  fit_first: [
    { options: fitFirstOptions, epochs: 20, reports: landscape() },
    { options: fitFirstOptions, epochs: 20, reports: landscape({ fitsFrom: 1000 }) },
    {
      options: fitFirstOptions,
      epochs: 20,
      reports: landscape(),
      repeats: { first: 1, most: 8, firstTest: 3 },
    },
    {
      options: { ...fitFirstOptions, search: { method: 'sobol', trials: 2 } },
      space: { ...exampleSpace, learning_rate: continuous },
      epochs: 20,
      reports: landscape(),
    },
    {
      options: { ...fitFirstOptions, strict: true },
      space: { ...exampleSpace, learning_rate: continuous },
      epochs: 20,
      reports: landscape({ bestDropout: 0 }),
      extended: { options: fitFirstOptions },
    },
    {
      options: { ...fitFirstOptions, epochs: { grow: 'auto', most: '4x' } },
      space: {
        ...exampleSpace,
        learning_rate: continuous,
        epochs: { kind: 'fixed', value: 5 },
      },
      epochs: 5,
      reports: landscape(),
      extended: { options: { ...fitFirstOptions, epochs: { grow: 'auto', most: '16x' } } },
    },
  ],
};

/** A built-in method with its options, as the contract takes it. */
function underTest(kind: MethodKind, { options, repeats, ...surroundings }: BuiltIn) {
  const usual = contextOf(surroundings);
  const comparison = { ...usual.comparison, ...(repeats && { repeats }) };
  const context = { ...usual, comparison, finish: { ...usual.finish, comparison } };
  const trainer = { parameters: null };
  const input = kind.schema(trainer).parse(options);
  const refuse = (sentence: string): never => {
    throw new Error(sentence);
  };
  return {
    name: kind.name,
    plan: () =>
      kind.resolve(
        input,
        {
          ...context,
          trainer,
          task: 'classification',
          metrics: { problem: () => null, goal: () => 'maximize' },
          constrained: [],
          needMetric: () => {},
        },
        {
          report: (_, sentence) => refuse(sentence),
          reportParameter: (_, sentence) => refuse(sentence),
          isParameterBroken: () => false,
        },
      ),
    create: (plan: ReturnType<MethodKind['resolve']>) => kind.create(plan, context),
  };
}

it('every registered method is tested here', () => {
  expect(Object.keys(builtIn)).toEqual(expect.arrayContaining(methodKinds.map(({ name }) => name)));
});

for (const kind of methodKinds) {
  describe.each([...(builtIn[kind.name] ?? []).entries()])(
    `${kind.name} as a method, case %i`,
    (_, subject) => {
      const extended = subject.extended && underTest(kind, { ...subject, ...subject.extended });
      for (const { name, run } of methodChecks(underTest(kind, subject), extended, subject)) it(name, run);
    },
  );
}
