import { isBetter } from '../../../campaign/metric.js';
import { isSettled } from '../../../campaign/trial.js';
import type { Asked } from '../../model/asked-trials.js';
import { epochsBefore } from '../../model/epochs/epochs-before.js';
import { epochsRun } from '../../model/epochs/epochs-run.js';
import { scoreOf } from '../../model/settings.js';
import type { ViewRequest } from '../campaign-view.js';
import type { ChoiceOption } from './choice-fields.js';

/** What effort is measured by. */
export function effortOptions(hasCost: boolean): ChoiceOption[] {
  return [
    ['trials', 'trials'],
    ['epochs', 'epochs'],
    ...(hasCost ? [['cost', 'multiply-adds'] as const] : []),
  ];
}

/** A trial of the search with its score. */
export interface ScoredTrial {
  readonly trial: Asked;
  /** What all trials up to this one took. */
  readonly spent: number;
  readonly score: number;
}

/**
 * The trials that ran their full epochs, in the order in which the method asked for them. Trials that may end early
 * because they fit, and those of the finish, count as effort but have no score here.
 */
export function scoredTrials(
  { campaign, costOf }: Pick<ViewRequest, 'campaign' | 'costOf'>,
  trials: Iterable<Asked>,
  by: string,
): ScoredTrial[] {
  const { facts } = campaign;
  if (facts === null) return [];
  const scored: ScoredTrial[] = [];
  let spent = 0;
  for (const trial of trials) {
    if (!isSettled(trial)) continue;
    const { spec } = trial;
    const epochs = by === 'trials' ? 0 : Math.max(0, epochsRun(trial) - (epochsBefore(campaign, trial) ?? 0));
    spent += by === 'trials' ? 1 : by === 'epochs' ? epochs : epochs * (costOf?.(spec.parameters) ?? 0);
    const score = spec.until === null && spec.finish === null ? scoreOf(trial, facts) : Number.NaN;
    if (Number.isFinite(score)) scored.push({ trial, spent, score });
  }
  return scored;
}

/** The trials that were better than all before them. */
export function bestSteps(scored: readonly ScoredTrial[], goal: 'minimize' | 'maximize'): ScoredTrial[] {
  const steps: ScoredTrial[] = [];
  for (const one of scored) {
    const best = steps.at(-1);
    if (best === undefined || isBetter(goal, one.score, best.score)) steps.push(one);
  }
  return steps;
}

/** The corners of the line: it stays level until the next step, and goes on to the end. */
export function stairs(steps: readonly ScoredTrial[], end: number): (readonly [number, number])[] {
  const corners = steps.flatMap(({ spent, score }, i): (readonly [number, number])[] => {
    const before = steps[i - 1];
    return before === undefined
      ? [[spent, score]]
      : [
          [spent, before.score],
          [spent, score],
        ];
  });
  const last = steps.at(-1);
  return last === undefined ? [] : [...corners, [end, last.score]];
}

/** Large numbers are shown in thousands, millions and so on. */
export function effortAxis(by: string, max: number): { readonly name: string; readonly factor: number } {
  const name = by === 'cost' ? 'multiply-adds' : by;
  const units = [
    [1e12, 'trillions of '],
    [1e9, 'billions of '],
    [1e6, 'millions of '],
    [1e4, 'thousands of '],
  ] as const;
  const unit = units.find(([from]) => max >= from);
  if (unit === undefined) return { name, factor: 1 };
  return { name: `${unit[1]}${name}`, factor: unit[0] === 1e4 ? 1000 : unit[0] };
}
