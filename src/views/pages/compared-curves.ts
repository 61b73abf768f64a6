import type { Campaign } from '../../campaign/campaign.js';
import { formatSetting } from '../../campaign/format-setting.js';
import { isBetter, type Metric } from '../../campaign/metric.js';
import { isSameSetting } from '../../campaign/parameters.js';
import { formatCount, formatNumber } from '../../text/number.js';
import type { ViewRequest } from '../campaign-views/campaign-view.js';
import {
  bestSteps,
  effortAxis,
  effortOptions,
  type ScoredTrial,
  scoredTrials,
  stairs,
} from '../campaign-views/parts/best-steps.js';
import { choiceField, chosenOption } from '../campaign-views/parts/choice-fields.js';
import { curveBand } from '../campaign-views/parts/curve-band.js';
import { bandLine, bandRibbon, curveKey, isDashed, roleOf } from '../campaign-views/parts/curve-lines.js';
import { outsideSentence } from '../campaign-views/parts/sentences.js';
import { usualRange } from '../campaign-views/parts/usual-range.js';
import { askedTrials } from '../model/asked-trials.js';
import { trialsOf } from '../model/settings.js';
import { variedParameters } from '../model/varied-parameters.js';
import { figure } from '../report/figure.js';
import { type Html, html } from '../report/html.js';
import { sampled } from '../report/sampled.js';
import { type SettingItem, settingsSelection } from '../selection/settings-selection.js';
import { lastFinding } from '../summary/decisions.js';

/** A campaign to compare with others. */
export type ComparedCampaign = Omit<ViewRequest, 'query'>;

/** Corners of a line, at most. */
const MAX_CORNERS = 400;

/** By what the effort of campaigns is measured: multiply-adds only where they are known for all of them. */
export function comparedEffort(compared: readonly ComparedCampaign[], query: URLSearchParams): Html {
  const options = optionsOf(compared);
  return choiceField('Effort by', 'by', options, chosenOption(query, 'by', options));
}

function optionsOf(compared: readonly ComparedCampaign[]) {
  return effortOptions(compared.every(({ costOf }) => costOf !== null));
}

/** For each metric the campaigns that have it: the best so far by effort, and the curves of their chosen settings. */
export function comparedCurves(compared: readonly ComparedCampaign[], query: URLSearchParams): Html {
  const by = chosenOption(query, 'by', optionsOf(compared));
  const groups = new Map<string, { readonly metric: Metric; readonly campaigns: ComparedCampaign[] }>();
  for (const one of compared) {
    const metric = one.campaign.facts?.metric;
    if (metric === undefined) continue;
    const key = `${metric.goal} ${metric.name}`;
    const group = groups.get(key) ?? { metric, campaigns: [] };
    group.campaigns.push(one);
    groups.set(key, group);
  }
  return html`${[...groups.values()].map(
    ({ metric, campaigns }) =>
      html`${historyFigure(metric, campaigns, by)}${curvesFigure(metric, campaigns)}`,
  )}`;
}

function historyFigure(metric: Metric, campaigns: readonly ComparedCampaign[], by: string): Html | null {
  const histories = campaigns
    .map((one) => ({ ...one, scored: scoredTrials(one, askedTrials(one.campaign), by) }))
    .filter(({ scored }) => scored.length > 0);
  if (histories.length === 0) return null;
  const all = histories.map((one) => ({ ...one, steps: bestSteps(one.scored, metric.goal) }));
  const isUsual = usualRange(
    all.flatMap(({ steps }) => steps.map(({ score }) => score)),
    metric.goal,
  );
  const shown = all.map((one) => ({ ...one, steps: one.steps.filter(({ score }) => isUsual(score)) }));
  const outside = all.reduce((sum, { steps }, i) => sum + steps.length - (shown[i]?.steps.length ?? 0), 0);
  const axis = effortAxis(by, Math.max(...all.map(({ scored }) => scored.at(-1)?.spent ?? 0)));
  return figure(
    {
      x: { kind: 'number', name: axis.name, whole: axis.factor === 1 },
      y: { kind: 'number', name: metric.name },
      layers: shown.map(({ steps, scored }, i) => ({
        kind: 'line',
        role: roleOf(i),
        dashed: isDashed(i),
        width: 2.5,
        points: sampled(stairs(steps, scored.at(-1)?.spent ?? 0), MAX_CORNERS).map(
          ([x, y]) => [x / axis.factor, y] as const,
        ),
      })),
    },
    {
      title: `The best ${metric.name} so far, by ${by === 'cost' ? 'multiply-adds' : by}`,
      key: curveKey(all.map(({ folder, steps }) => `${folder}: ${bestText(steps.at(-1), metric)}`)),
      sample: outsideSentence(outside, 'step'),
      isBroad: true,
    },
  );
}

function bestText(best: ScoredTrial | undefined, metric: Metric): string {
  return best === undefined ? '' : `${metric.name} ${formatNumber(best.score)}, trial ${best.trial.number}`;
}

function curvesFigure(metric: Metric, campaigns: readonly ComparedCampaign[]): Html | null {
  const curves = campaigns.flatMap(({ folder, campaign }) => {
    const setting = chosenSetting(campaign, metric);
    if (setting === undefined) return [];
    const band = curveBand(trialsOf(campaign, setting), metric.name);
    return band.points.length === 0 ? [] : [{ folder, campaign, setting, band }];
  });
  if (curves.length === 0) return null;
  return html`${figure(
    {
      x: { kind: 'number', name: 'epoch', whole: true },
      y: { kind: 'number', name: metric.name },
      layers: [
        ...curves.map(({ band }, i) => bandRibbon(band, i)),
        ...curves.map(({ band }, i) => bandLine(band, i)),
      ],
    },
    {
      title: `${metric.name} by epoch, of the setting that each campaign chose`,
      key: curveKey(
        curves.map(({ folder, campaign, setting, band }) => {
          const name = formatSetting(setting.parameters, variedParameters(campaign)) || 'the only setting';
          const isChosen = lastFinding(campaign, 'chosen') !== undefined;
          return `${folder}: ${name} (${isChosen ? '' : 'the best so far, '}${formatCount(band.repeats, 'repeat')})`;
        }),
      ),
      isBroad: true,
    },
  )}<p class="note">Each line is the mean over the repeats that reached the epoch, the band around it goes from the
least to the greatest of them.</p>`;
}

/** The setting that a campaign has chosen, with its score and longest trials; until then the best so far. */
function chosenSetting(campaign: Campaign, { goal }: Metric): SettingItem | undefined {
  const chosen = lastFinding(campaign, 'chosen')?.parameters;
  const settings = settingsSelection(campaign).rows.map(({ item }) => item);
  const fitting = settings.filter(
    ({ parameters }) => chosen === undefined || isSameSetting(parameters, chosen),
  );
  let best: SettingItem | undefined;
  for (const one of fitting) {
    if (best === undefined || isPreferred(one, best, goal)) best = one;
  }
  return best;
}

function isPreferred(one: SettingItem, other: SettingItem, goal: Metric['goal']): boolean {
  if (one.score === null || other.score === null) return one.score !== null;
  return isBetter(goal, one.score, other.score);
}
