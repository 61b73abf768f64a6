import type { CampaignFacts } from '../../campaign/event.js';
import { formatSetting } from '../../campaign/format-setting.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { figures, markKey } from '../report/figure.js';
import { html } from '../report/html.js';
import { parameterAxis } from '../report/parameter-axis.js';
import type { Plot } from '../report/plot/plot.js';
import { sampled } from '../report/sampled.js';
import type { CampaignView } from './campaign-view.js';
import { choiceField, chosenOption } from './parts/choice-fields.js';
import {
  type ComparableSetting,
  type ComparableSettings,
  comparableSettings,
  valuesAt,
} from './parts/comparable-settings.js';
import { emptyView, problemList } from './parts/empty-view.js';
import { expectedFigure } from './parts/expected-figure.js';
import { fieldGrid } from './parts/field-grid.js';
import { pairFigure } from './parts/pair-figure.js';
import { outsideSentence, shownSentence } from './parts/sentences.js';
import { usualRange } from './parts/usual-range.js';

/** Dots of a picture, and pictures, at most. */
const MAX_DOTS = 390;
const MAX_PICTURES = 12;

/** The score against every parameter, and against two of them together: as found, and as a model expects it. */
export const slicesView: CampaignView = {
  name: 'slices',
  title: 'Slices',
  filtered: 'settings',
  render(request) {
    const { campaign, query } = request;
    const { facts } = campaign;
    const settings = comparableSettings(request);
    const { names } = settings;
    const options = names.map((name) => [name, name] as const);
    const x = chosenOption(query, 'x', options);
    const second = options.filter(([name]) => name !== x);
    const y = chosenOption(query, 'y', second);
    const choices =
      names.length < 2
        ? null
        : html`${choiceField('Map of', 'x', options, x)}${choiceField('and', 'y', second, y)}`;
    if (facts === null || settings.selected.length === 0) return emptyView(choices, settings.problems);
    const { metric } = facts;
    const scores = Float64Array.from(settings.selected, (place) => settings.scores[place] ?? Number.NaN);
    const isUsual = usualRange(scores, metric.goal);
    const usual = settings.selected.filter((_, i) => isUsual(scores[i] ?? Number.NaN));
    const drawn = sampled(usual, MAX_DOTS).flatMap((place) => settings.all[place] ?? []);
    const pictured = names.slice(0, MAX_PICTURES);
    const quarter = Math.ceil(usual.length / 4);
    const grid = names.length > 1 ? fieldGrid(settings, usual, x, y, facts.space) : null;
    return {
      choices,
      main: html`${problemList(settings.problems)}${
        pictured.length > 0 &&
        figures(
          pictured.map((name) => ({ title: name, plot: sliceOf(facts, name, settings, usual, drawn) })),
          {
            title: `${metric.name} against every parameter`,
            key: markKey(
              ['●', 'chosen', `the best quarter: ${formatCount(quarter, 'setting')}`],
              ['○', 'plain', 'any other setting'],
            ),
            sample: [
              shownSentence(
                { shown: drawn.length, selected: usual.length, all: settings.all.length },
                'setting',
              ),
              outsideSentence(settings.selected.length - usual.length, 'setting'),
              pictured.length < names.length && `The first ${MAX_PICTURES} of ${names.length} parameters.`,
            ]
              .filter(Boolean)
              .join(' '),
          },
        )
      }${grid && pairFigure(facts, grid)}${grid && expectedFigure(campaign, facts, grid)}${
        names.length === 0 && html`<p>All settings have the same parameters.</p>`
      }`,
    };
  },
};

function sliceOf(
  { metric, space }: CampaignFacts,
  parameter: string,
  settings: ComparableSettings,
  usual: Uint32Array,
  drawn: readonly ComparableSetting[],
): Plot {
  const values = valuesAt(settings, parameter, usual);
  const { axis, place } = parameterAxis(parameter, values, { domain: space[parameter] });
  const having = drawn.filter(({ parameters }) => parameters[parameter] !== undefined);
  const quarter = Math.ceil(having.length / 4);
  const points = (of: readonly ComparableSetting[]) =>
    of.map(({ parameters, score }) => ({
      x: place(parameters[parameter]),
      y: score,
      tip: `${formatSetting(parameters, settings.names)}: ${metric.name} ${formatNumber(score)}`,
    }));
  return {
    x: axis,
    y: { kind: 'number', name: metric.name },
    layers: [
      { kind: 'dots', role: 'plain', shape: 'ring', size: 7, points: points(having.slice(quarter)) },
      { kind: 'dots', role: 'chosen', shape: 'circle', size: 8, points: points(having.slice(0, quarter)) },
    ],
  };
}
