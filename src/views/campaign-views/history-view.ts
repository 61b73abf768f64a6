import { isBetter } from '../../campaign/metric.js';
import { isSettled } from '../../campaign/trial.js';
import { formatNumber, formatWhole } from '../../text/number.js';
import type { Asked } from '../model/asked-trials.js';
import { epochsBefore } from '../model/epochs-before.js';
import { epochsRun } from '../model/epochs-run.js';
import { scoreOf } from '../model/settings.js';
import { figure, markKey } from '../report/figure.js';
import { html } from '../report/html.js';
import { sampled } from '../report/sampled.js';
import { selectionRequest, selectRows } from '../selection/select-rows.js';
import { trialsSelection } from '../selection/trials-selection.js';
import type { CampaignView, ViewRequest } from './campaign-view.js';
import { type ChoiceOption, choiceField, chosenOption } from './parts/choice-fields.js';
import { emptyView, problemList } from './parts/empty-view.js';
import { outsideSentence, shownSentence } from './parts/sentences.js';
import { usualRange } from './parts/usual-range.js';

/** Dots of trials, and steps of the best score, at most. */
const MAX_DOTS = 390;
const MAX_STEPS = 500;

/** The best score so far, by the trials, the epochs or the multiply-adds that it took. */
export const historyView: CampaignView = {
  name: 'history',
  title: 'History',
  filtered: 'trials',
  render(request) {
    const { campaign, query, costOf } = request;
    const options: ChoiceOption[] = [
      ['trials', 'trials'],
      ['epochs', 'epochs'],
      ...(costOf === null ? [] : [['cost', 'multiply-adds'] as const]),
    ];
    const by = chosenOption(query, 'by', options);
    const choices = choiceField('By', 'by', options, by);
    const { metric } = campaign.facts ?? { metric: null };
    if (metric === null) return emptyView(choices);
    const table = trialsSelection(campaign);
    const selected = selectRows(table, { ...selectionRequest(query), sort: null });
    const scored = scoresOf(
      request,
      selected.rows.map(({ item }) => item),
      by,
    );
    const best = bestSteps(scored, metric.goal);
    const last = best.at(-1);
    if (last === undefined) return emptyView(choices, selected.problems);
    const isUsual = usualRange(
      scored.map(({ score }) => score),
      metric.goal,
    );
    const usual = scored.filter(({ score }) => isUsual(score));
    const dots = sampled(usual, MAX_DOTS);
    const axis = axisOf(by, scored.at(-1)?.spent ?? 0);
    const steps = sampled(
      best.filter(({ score }) => isUsual(score)),
      MAX_STEPS,
    );
    const picture = figure(
      {
        x: { kind: 'number', name: axis.name, whole: axis.factor === 1 },
        y: { kind: 'number', name: metric.name },
        layers: [
          {
            kind: 'dots',
            role: 'quiet',
            shape: 'circle',
            size: 6,
            points: dots.map(({ trial, spent, score }) => ({
              x: spent / axis.factor,
              y: score,
              tip: `trial ${trial.number}: ${metric.name} ${formatNumber(score)}`,
            })),
          },
          {
            kind: 'line',
            role: 'chosen',
            dashed: false,
            width: 2.5,
            points: stairs(steps, scored.at(-1)?.spent ?? 0).map(([x, y]) => [x / axis.factor, y] as const),
          },
        ],
      },
      {
        title: `The best ${metric.name} is ${formatNumber(last.score)}, of trial ${last.trial.number}`,
        key: markKey(['━', 'chosen', 'best so far'], ['●', 'quiet', 'a trial']),
        sample: [
          shownSentence({ shown: dots.length, selected: usual.length, all: usual.length }, 'trial'),
          outsideSentence(scored.length - usual.length, 'trial'),
        ]
          .filter(Boolean)
          .join(' '),
        isBroad: true,
      },
    );
    return {
      choices,
      main: html`${problemList(selected.problems)}${picture}
<p class="note">Trials are in the order in which the method asked for them. Trials that may end early because they fit,
and those of the finish, count as effort but have no score here. Effort is that of the selected trials:
${formatWhole(scored.at(-1)?.spent ?? 0)} ${by === 'cost' ? 'multiply-adds' : by}.</p>`,
    };
  },
};

interface ScoredTrial {
  readonly trial: Asked;
  /** What all trials up to this one took. */
  readonly spent: number;
  readonly score: number;
}

function scoresOf({ campaign, costOf }: ViewRequest, trials: readonly Asked[], by: string): ScoredTrial[] {
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

function bestSteps(scored: readonly ScoredTrial[], goal: 'minimize' | 'maximize'): ScoredTrial[] {
  const steps: ScoredTrial[] = [];
  for (const one of scored) {
    const best = steps.at(-1);
    if (best === undefined || isBetter(goal, one.score, best.score)) steps.push(one);
  }
  return steps;
}

/** The corners of the line: it stays level until the next step, and goes on to the end. */
function stairs(steps: readonly ScoredTrial[], end: number): (readonly [number, number])[] {
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
function axisOf(by: string, max: number): { readonly name: string; readonly factor: number } {
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
