import type { Campaign } from '../../../campaign/campaign.js';
import { formatName } from '../../../campaign/format-setting.js';
import { formatCount } from '../../../text/number.js';
import { decidedWithout, formatCounts, trialsWithoutResult } from '../../model/trials-without-result.js';
import { formatTrial } from '../../text/format-trial.js';
import { whyWithoutResult } from '../../text/format-without-result.js';
import { plainTable } from '../data-table.js';
import { type Html, html } from '../html.js';

/** Rows of the table; trials.csv has every trial. */
const MAX_ROWS = 100;

/** The trials that failed or were stopped, and how the method decided without them; null if there are none. */
export function withoutResultSection(campaign: Campaign): Html | null {
  const trials = trialsWithoutResult(campaign);
  if (trials.length === 0) return null;
  const counts = formatCounts(trials, ['failed', 'stopped']);
  const more = trials.length - MAX_ROWS;
  return html`<section id="without-result"><h2>Trials without a result</h2>
<p>${counts}. ${decidedWithout(campaign, trials).join(' ')}</p>
${plainTable(
  'Trials without a result',
  ['trial', 'stage', 'setting', 'what happened'],
  trials.slice(0, MAX_ROWS).map((trial) => {
    const { setting } = formatTrial(campaign, trial);
    return [trial.number, formatName(trial.stage), setting, whyWithoutResult(campaign, trial)];
  }),
)}
${more > 0 && html`<p>${formatCount(more, 'more trial')} in trials.csv.</p>`}
</section>`;
}
