import { formatNumber, formatWhole } from '../../text/number.js';
import { figure, markKey } from '../report/figure.js';
import { html } from '../report/html.js';
import { sampled } from '../report/sampled.js';
import { selectedTrials } from '../selection/selected-trials.js';
import type { CampaignView } from './campaign-view.js';
import { bestSteps, effortAxis, effortOptions, scoredTrials, stairs } from './parts/best-steps.js';
import { choiceField, chosenOption } from './parts/choice-fields.js';
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
    const options = effortOptions(costOf !== null);
    const by = chosenOption(query, 'by', options);
    const choices = choiceField('By', 'by', options, by);
    const { metric } = campaign.facts ?? { metric: null };
    if (metric === null) return emptyView(choices);
    const selected = selectedTrials(campaign, query);
    const scored = scoredTrials(request, selected.trials, by);
    const best = bestSteps(scored, metric.goal);
    const last = best.at(-1);
    if (last === undefined) return emptyView(choices, selected.problems);
    const isUsual = usualRange(
      scored.map(({ score }) => score),
      metric.goal,
    );
    const usual = scored.filter(({ score }) => isUsual(score));
    const dots = sampled(usual, MAX_DOTS);
    const axis = effortAxis(by, scored.at(-1)?.spent ?? 0);
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
and those of the finish, count as effort but have no score here. Effort is that of the selected trials up to the last
one with a score: ${formatWhole(scored.at(-1)?.spent ?? 0)} ${by === 'cost' ? 'multiply-adds' : by}.</p>`,
    };
  },
};
