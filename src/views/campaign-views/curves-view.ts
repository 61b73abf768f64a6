import { formatSetting } from '../../campaign/format-setting.js';
import { isBetter } from '../../campaign/metric.js';
import type { Trial } from '../../campaign/trial.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { trialsOf } from '../model/settings.js';
import { variedParameters } from '../model/varied-parameters.js';
import { figure } from '../report/figure.js';
import { html } from '../report/html.js';
import { selectionRequest, selectRows } from '../selection/select-rows.js';
import { type SettingItem, settingsSelection } from '../selection/settings-selection.js';
import type { CampaignView } from './campaign-view.js';
import { choiceField, chosenOption } from './parts/choice-fields.js';
import { type CurveBand, curveBand } from './parts/curve-band.js';
import { bandLine, bandRibbon, curveKey, MAX_COLOURS, MAX_LINES } from './parts/curve-lines.js';
import { emptyView, problemList } from './parts/empty-view.js';

const COUNTS = [MAX_COLOURS, MAX_LINES, 1].map((count) => [`${count}`, `${count}`] as const);

/** Learning curves of the selected settings: the mean over the repeats, in a band from the least to the greatest. */
export const curvesView: CampaignView = {
  name: 'curves',
  title: 'Curves',
  filtered: 'settings',
  render({ campaign, query }) {
    const { rows, problems } = selectRows(settingsSelection(campaign), {
      ...selectionRequest(query),
      sort: null,
    });
    const { facts } = campaign;
    if (facts === null || rows.length === 0) return emptyView(null, problems);
    const { metric } = facts;
    const count = chosenOption(query, 'count', COUNTS);
    const settings = bestFirst(
      rows.map(({ item }) => item),
      metric.goal,
    ).slice(0, Number(count));
    const trials = settings.flatMap((setting) => trialsOf(campaign, setting));
    const metrics = metricsOf(trials, metric.name).map((name) => [name, name] as const);
    const name = chosenOption(query, 'metric', metrics);
    const choices = html`${choiceField('Metric', 'metric', metrics, name)}
${choiceField('Settings', 'count', COUNTS, count)}`;
    const bands = settings.flatMap((setting) => {
      const band = curveBand(trialsOf(campaign, setting), name);
      return band.points.length === 0 ? [] : [{ setting, band }];
    });
    if (bands.length === 0) return emptyView(choices, problems);
    const names = variedParameters(campaign);
    return {
      choices,
      main: html`${problemList(problems)}${figure(
        {
          x: { kind: 'number', name: 'epoch', whole: true },
          y: { kind: 'number', name },
          layers: [
            ...bands.map(({ band }, i) => bandRibbon(band, i)),
            ...bands.map(({ band }, i) => bandLine(band, i)),
          ],
        },
        {
          title: `${name} by epoch: ${formatCount(bands.length, 'setting')}`,
          key: curveKey(bands.map(({ setting, band }) => labelOf(setting, band, names))),
          sample:
            bands.length < rows.length
              ? `These are the best of ${formatCount(rows.length, 'selected setting')}. Filter to see others.`
              : '',
          isBroad: true,
        },
      )}<p class="note">Each line is the mean over the repeats that reached the epoch, the band around it goes from the
least to the greatest of them.</p>`,
    };
  },
};

/** Settings with a score come first, the best first; then the others, as they were asked for. */
function bestFirst(settings: readonly SettingItem[], goal: 'minimize' | 'maximize'): SettingItem[] {
  return [...settings].sort((a, b) => {
    if (a.score === null || b.score === null) return Number(a.score === null) - Number(b.score === null);
    return isBetter(goal, a.score, b.score) ? -1 : isBetter(goal, b.score, a.score) ? 1 : 0;
  });
}

/** The metrics that the trials report, that of the campaign first. */
function metricsOf(trials: readonly Trial[], first: string): string[] {
  const names = new Set([first]);
  for (const { reports } of trials) for (const name of reports.names()) names.add(name);
  return [...names];
}

function labelOf(
  { number, stage, parameters, score }: SettingItem,
  { repeats }: CurveBand,
  names: readonly string[],
): string {
  const setting = formatSetting(parameters, names) || 'the only setting';
  const mean = score === null ? '' : `, mean ${formatNumber(score)}`;
  return `${number}: ${setting} (${stage}, ${formatCount(repeats, 'repeat')}${mean})`;
}
