import type { Campaign } from '../../../campaign/campaign.js';
import type { CampaignFacts } from '../../../campaign/event.js';
import { formatSetting, formatValue } from '../../../campaign/format-setting.js';
import { isSameSetting } from '../../../campaign/parameters.js';
import { formatNumber } from '../../../text/number.js';
import { growthOf } from '../../model/growth.js';
import { valuesOf, variedAmong, variedInStage } from '../../model/varied-parameters.js';
import { lastFinding } from '../../summary/decisions.js';
import {
  type Compared,
  comparedIn,
  foremost,
  groupedBy,
  meanInWords,
  ringKey,
  sampleInWords,
  standings,
} from '../compared.js';
import { comparedTable } from '../compared-table.js';
import { figures, markKey } from '../figure.js';
import { havePlaces, pairMaps } from '../figures/dropout-pairs.js';
import { type Html, html } from '../html.js';
import { parameterAxis } from '../parameter-axis.js';
import type { Plot, PlotLayer } from '../plot/plot.js';
import { sampled } from '../sampled.js';
import { stagePlans } from '../stage-plans.js';
import { stageTitle } from '../stage-title.js';

/** Up to this many ties are named in a sentence; the table marks them all. */
const NAMED_UP_TO = 6;

/** Up to this many settings are drawn. */
const MAX_DRAWN = 1000;

/** How dropout was tuned: validation score against dropout rate at each size, with the baseline as a line. */
export function raceSection(campaign: Campaign, stage: string): Html | null {
  const { facts } = campaign;
  const settings = comparedIn(campaign, [stage]);
  if (facts === null || settings.length === 0) return null;
  const why = campaign.batches.find((batch) => batch.stage === stage)?.because;
  const chosen = lastFinding(campaign, 'chosen');
  const baselineMean = meanOfBaseline(campaign, settings);
  const rates = tunedParameters(campaign, stage);
  const [rate, second] = rates;
  const size = growthOf(campaign)?.parameter;
  const drawn = drawnOf(campaign, settings);
  return html`<section id="${stage}"><h2>${stageTitle(stage)}</h2>
<p>${why} ${raceWords(campaign, stage)}</p>
${
  rate !== undefined &&
  figures(
    bySize(drawn, size).map(([title, group]) => ({
      title,
      plot: ratePlot(campaign, facts, group, settings, rate),
    })),
    {
      title: chosen?.because ?? 'Nothing is chosen yet.',
      key: markKey(
        ['★', 'chosen', 'chosen'],
        ['◆', 'chosen', 'cannot be distinguished from it'],
        ...(baselineMean === undefined
          ? []
          : [['● ╌', 'baseline', `best without dropout, ${formatNumber(baselineMean)}`] as const]),
        ['●', 'plain', 'other settings'],
        ringKey(settings),
        ['Ⅰ', 'plain', 'one standard error up and down'],
        ['―', 'quiet', 'through the foremost of each rate'],
      ),
      sample: sampleInWords(drawn.length, settings.length),
      table: comparedTable(campaign, 'Every dropout setting', settings),
    },
  )
}
${sentences(campaign, stage)}
${
  rate !== undefined &&
  second !== undefined &&
  havePlaces(settings, [rate, second]) &&
  pairMaps(facts, bySize(settings, size), rate, second)
}
</section>`;
}

/** The settings that the pictures show: of many a sample, in which the choice and its baseline are. */
function drawnOf(campaign: Campaign, settings: readonly Compared[]): readonly Compared[] {
  if (settings.length <= MAX_DRAWN) return settings;
  const standing = standings(campaign, settings);
  const drawn = new Set(sampled(settings, MAX_DRAWN));
  return settings.filter((one) => drawn.has(one) || ['chosen', 'baseline'].includes(standing(one)));
}

/** The regularisers that the stage tuned; another parameter than the size where it tuned none. */
function tunedParameters(campaign: Campaign, stage: string): readonly string[] {
  const varied = variedInStage(campaign, stage);
  const regularisers = (campaign.facts?.plan.regularisers ?? []).map(({ name }) => name);
  const tuned = regularisers.filter((name) => varied.includes(name));
  if (tuned.length > 0) return tuned;
  const size = growthOf(campaign)?.parameter;
  return varied.filter((name) => name !== size).slice(0, 1);
}

function raceWords(campaign: Campaign, stage: string): string {
  return stagePlans(campaign, stage).slice(1).join(' ');
}

function bySize(
  settings: readonly Compared[],
  size: string | undefined,
): (readonly [title: string, settings: Compared[]])[] {
  if (size === undefined) return [['', [...settings]]];
  const groups = groupedBy(settings, ({ parameters }) => formatValue(parameters[size]));
  return [...groups].map(([value, group]) => [`${size} ${value}`, group] as const);
}

function ratePlot(
  campaign: Campaign,
  facts: CampaignFacts,
  settings: readonly Compared[],
  all: readonly Compared[],
  rate: string,
): Plot {
  const rates = parameterAxis(rate, valuesOf(all, rate));
  const groups = [...groupedBy(settings, ({ parameters }) => JSON.stringify(parameters[rate])).values()];
  // Settings of the same rate are drawn side by side.
  const offsets = new Map(
    groups.flatMap((group) =>
      group.map((one, i) => [one, group.length < 2 ? 0 : (i / (group.length - 1) - 0.5) * 0.5] as const),
    ),
  );
  const place = (one: Compared): number =>
    rates.place(one.parameters[rate]) + (rates.axis.kind === 'places' ? (offsets.get(one) ?? 0) : 0);
  const standing = standings(campaign, all);
  const baselineMean = meanOfBaseline(campaign, all);
  const names = variedAmong(
    all.map(({ parameters }) => parameters),
    facts.parameters,
  );
  const dots = (
    of: ReturnType<typeof standing>,
    look: Pick<Extract<PlotLayer, { kind: 'dots' }>, 'role' | 'shape' | 'size'>,
  ): PlotLayer => ({
    kind: 'dots',
    ...look,
    points: settings
      .filter((one) => standing(one) === of)
      .map((one) => ({ x: place(one), y: one.adjusted, tip: tipOf(one, names, facts) })),
  });
  const best = groups
    .flatMap((group) => foremost(group, facts.metric.goal) ?? [])
    .map((one) => [place(one), one.adjusted] as const)
    .sort(([a], [b]) => a - b);
  return {
    x: rates.axis,
    y: { kind: 'number', name: facts.metric.name },
    layers: [
      { kind: 'extent', values: all.flatMap((one) => [one.adjusted, ...reach(one)]) },
      ...(baselineMean === undefined
        ? []
        : [
            {
              kind: 'level',
              role: 'baseline',
              y: baselineMean,
            } as const,
          ]),
      { kind: 'line', role: 'quiet', dashed: false, width: 1.5, points: best },
      {
        kind: 'intervals',
        role: 'plain',
        bars: settings.flatMap((one) => {
          const [low, high] = reach(one);
          return low === undefined || high === undefined ? [] : [{ x: place(one), low, high }];
        }),
      },
      dots('left-early', { role: 'plain', shape: 'ring', size: 9 }),
      dots('stopped-early', { role: 'plain', shape: 'ring', size: 9 }),
      dots('compared', { role: 'plain', shape: 'circle', size: 9 }),
      dots('baseline', { role: 'baseline', shape: 'circle', size: 11 }),
      dots('tied', { role: 'chosen', shape: 'diamond', size: 12 }),
      dots('chosen', { role: 'chosen', shape: 'star', size: 20 }),
    ],
  };
}

/** The mean of the baseline, comparable with the other settings of the picture. */
function meanOfBaseline(campaign: Campaign, settings: readonly Compared[]): number | undefined {
  const baseline = lastFinding(campaign, 'baseline');
  if (baseline === undefined) return undefined;
  const own = settings.find((one) => isSameSetting(one.parameters, baseline.parameters));
  return own?.adjusted ?? baseline.validation.mean;
}

/** One standard error to either side; nothing with one repeat. */
function reach({ adjusted: mean, standardError }: Compared): number[] {
  return standardError === null ? [] : [mean - standardError, mean + standardError];
}

function tipOf(one: Compared, names: readonly string[], { metric }: CampaignFacts): string {
  return `${formatSetting(one.parameters, names)}: ${meanInWords(one, metric)}`;
}

function sentences(campaign: Campaign, stage: string): Html {
  const said = [
    lastFinding(campaign, 'ties'),
    lastFinding(campaign, 'strict'),
    lastFinding(campaign, 'baseline'),
  ].flatMap((finding) => finding?.because ?? []);
  const ties = lastFinding(campaign, 'ties')?.settings ?? [];
  const names = variedInStage(campaign, stage);
  return html`<ul class="decided">${said.map((because) => html`<li>${because}</li>\n`)}
${
  ties.length > 1 &&
  ties.length <= NAMED_UP_TO &&
  html`<li>All settings that cannot be distinguished from the choice, the smallest network first: ${ties
    .map((tie) => formatSetting(tie, names))
    .join('; ')}.</li>`
}</ul>`;
}
