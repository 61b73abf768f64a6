import type { TestErrors } from '../../../src/campaign/test-errors.js';
import { confusionOf, residualsOf } from '../../../src/evaluation/error-analysis.js';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { reportHtml } from '../../../src/views/report/report.js';
import { fitFirstPlan } from '../../support/plans.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { type Script, scriptedEvents, after as stateAfter } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

export function reportOf(script: Script): string {
  const { campaign, timing } = stateAfter(scriptedEvents(script));
  return reportHtml(campaign, '1.2.3', null, { timing, machine: 'a machine, Node v1.2.3' });
}

/** A scripted campaign with these errors on the test part. */
export function testedWith(
  errors: TestErrors | null,
  classes: readonly string[] | null,
  script: Script = scriptOf(),
): Script {
  const { data } = script.facts;
  const evaluation = script.evaluation?.(specOf({ dropout: 0 })) ?? null;
  if (data === null || evaluation === null) throw new Error('the script has data and a test');
  return {
    ...script,
    facts: { ...script.facts, data: { ...data, classes } },
    evaluation: () => ({ ...evaluation, errors }),
  };
}

/** What a network with this number of classes gets wrong: one row in five, mostly for the next class. */
export function mistakenClasses(classes: number, rows: number): TestErrors {
  const stream = keyedStream('mistaken classes', classes);
  const truths = Array.from({ length: rows }, () => stream.below(classes));
  const answers = truths.map((truth) =>
    stream.uniform() < 0.8 ? truth : (truth + 1 + stream.below(3)) % classes,
  );
  return confusionOf(truths, answers, classes);
}

function mistakenNumbers(): TestErrors | null {
  const stream = keyedStream('mistaken numbers');
  const truths = Float64Array.from({ length: 800 }, () => 1234 + 400 * stream.normal());
  return residualsOf(
    truths,
    truths.map((truth) => truth + 60 * stream.normal()),
  );
}

const named = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, k) => `${name} ${k}`);

/** A dropout stage with two kinds of dropout and no more than the picture needs. */
export function withTwoKindsOfDropout(): string {
  const settings = [8, 16].flatMap((hidden) =>
    [0, 0.5].flatMap((dropout) =>
      [0, 0.2].map((input_dropout) => specOf({ hidden, dropout, input_dropout })),
    ),
  );
  const { campaign } = stateAfter(
    dated([
      {
        type: 'campaign-started',
        ...factsOf({
          method: 'fit_first',
          plan: fitFirstPlan([8, 16], ['dropout', 'input_dropout']),
          parameters: ['hidden', 'dropout', 'input_dropout'],
        }),
      },
      planned('dropout', settings),
      ...settings.flatMap((spec, i) => finished(spec, { val_loss: 1 - i / 10 })),
    ]),
  );
  return reportHtml(campaign, '1.2.3');
}

/** Reports of all kinds, by what is special about them. */
export function reportPages(): Record<string, string> {
  const half = [...scriptedEvents(scriptOf())];
  return {
    'a campaign of every stage': reportOf(scriptOf({ learningRates: [0.001, 0.003, 0.01] })),
    'a grid': reportOf(
      testedWith(mistakenClasses(12, 600), named(12, 'a long class name'), scriptOf({ method: 'grid' })),
    ),
    'a campaign where nothing fits': reportOf(scriptOf({ fits: Number.POSITIVE_INFINITY })),
    'a campaign half way': reportHtml(stateAfter(half.slice(0, half.length / 2)).campaign, '1.2.3'),
    'many sizes, rates and classes': reportOf(
      testedWith(
        mistakenClasses(150, 5000),
        named(150, 'species'),
        scriptOf({
          sizes: [2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256],
          rates: [0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.6],
        }),
      ),
    ),
    'two kinds of dropout': withTwoKindsOfDropout(),
    'numbers as target': reportOf(testedWith(mistakenNumbers(), null)),
  };
}
