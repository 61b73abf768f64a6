import type { Campaign } from '../../../campaign/campaign.js';
import { formatSetting } from '../../../campaign/format-setting.js';
import { variedInStage } from '../../model/varied-parameters.js';
import { lastFinding } from '../../summary/decisions.js';
import { comparedIn, firstByRace, meanInWords, ringKey, standings } from '../compared.js';
import { comparedTable } from '../compared-table.js';
import { figure, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import { stagePlans } from '../stage-plans.js';
import { stageTitle } from '../stage-title.js';

/** Up to this many settings are ranked in the picture; the table has all. */
const SHOWN = 40;

/** The search of a grid or of random draws: the settings in the order of their means. */
export function searchSection(campaign: Campaign, stage: string): Html | null {
  const { facts } = campaign;
  const settings = comparedIn(campaign, [stage]);
  if (facts === null || settings.length === 0) return null;
  const plans = stagePlans(campaign, stage);
  const { goal, name } = facts.metric;
  const standing = standings(campaign, settings);
  const names = variedInStage(campaign, stage);
  const first = firstByRace(settings, goal, SHOWN);
  const points = (of: readonly ReturnType<typeof standing>[]) =>
    first.flatMap((one, place) =>
      of.includes(standing(one))
        ? [
            {
              x: place + 1,
              y: one.adjusted,
              tip: `${formatSetting(one.parameters, names)}: ${meanInWords(one, facts.metric)}`,
            },
          ]
        : [],
    );
  const ties = lastFinding(campaign, 'ties');
  return html`<section id="${stage}"><h2>${stageTitle(stage)}</h2>
<p>${plans.join(' ')}</p>
${figure(
  {
    x: { kind: 'number', name: 'settings, the best first', whole: true },
    y: { kind: 'number', name },
    layers: [
      {
        kind: 'intervals',
        role: 'plain',
        bars: first.flatMap(({ adjusted: mean, standardError }, place) =>
          standardError === null
            ? []
            : [{ x: place + 1, low: mean - standardError, high: mean + standardError }],
        ),
      },
      {
        kind: 'dots',
        role: 'plain',
        shape: 'ring',
        size: 8,
        points: points(['left-early', 'stopped-early']),
      },
      { kind: 'dots', role: 'plain', shape: 'circle', size: 8, points: points(['compared', 'baseline']) },
      { kind: 'dots', role: 'chosen', shape: 'diamond', size: 11, points: points(['tied']) },
      { kind: 'dots', role: 'chosen', shape: 'star', size: 18, points: points(['chosen']) },
    ],
  },
  {
    title: lastFinding(campaign, 'chosen')?.because ?? 'Nothing is chosen yet.',
    key: markKey(
      ['★', 'chosen', 'chosen'],
      ['◆', 'chosen', 'cannot be distinguished from it'],
      ['●', 'plain', 'other settings'],
      ringKey(settings),
      ['Ⅰ', 'plain', 'one standard error up and down'],
    ),
    table: comparedTable(campaign, 'Every setting of the search', settings, { order: 'race' }),
  },
)}
${ties && html`<ul class="decided"><li>${ties.because}</li></ul>`}
</section>`;
}
