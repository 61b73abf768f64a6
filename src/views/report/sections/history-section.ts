import type { Campaign } from '../../../campaign/campaign.js';
import { formatSetting } from '../../../campaign/format-setting.js';
import { isBetter } from '../../../campaign/metric.js';
import type { TrialSpec } from '../../../campaign/trial.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { settledTrials } from '../../model/asked-trials.js';
import { scoreOf } from '../../model/settings.js';
import { comparingStages } from '../../model/stages.js';
import { variedParameters } from '../../model/varied-parameters.js';
import { dataTable } from '../data-table.js';
import { figure, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import { sampled } from '../sampled.js';

/** Dots of the picture, and steps of its line. */
const MAX_DOTS = 350;
const MAX_STEPS = 500;

interface Scored {
  readonly number: number;
  readonly value: number;
  readonly spec: TrialSpec;
}

/** The best value so far, trial by trial, among the trials of the search that ran their full epochs. */
export function historySection(campaign: Campaign): Html | null {
  const { facts } = campaign;
  if (facts === null) return null;
  const { name, goal } = facts.metric;
  const stages = comparingStages(campaign);
  const names = variedParameters(campaign);
  const settingOf = ({ spec }: Scored): string =>
    `${formatSetting(spec.parameters, names)}, repeat ${spec.repeat}`;
  const scored: Scored[] = [];
  const steps: Scored[] = [];
  for (const trial of settledTrials(campaign)) {
    if (trial.spec.until !== null || trial.spec.finish !== null || !stages.includes(trial.stage)) continue;
    const value = scoreOf(trial, facts);
    if (!Number.isFinite(value)) continue;
    const { number, spec } = trial;
    const one = { number, value, spec };
    scored.push(one);
    if (steps.length === 0 || isBetter(goal, value, steps.at(-1)?.value ?? value)) steps.push(one);
  }
  const [first, last, end] = [steps[0], steps.at(-1), scored.at(-1)];
  if (first === undefined || last === undefined || end === undefined || scored.length < 2) return null;
  // Between two steps the best stays what it was.
  const line = [...steps, { ...last, number: end.number }].flatMap(({ number, value }, i, all) => {
    const before = all[i - 1];
    return before === undefined
      ? [[number, value] as const]
      : [[number, before.value] as const, [number, value] as const];
  });
  return html`<section id="history"><h2>The best so far</h2>
<p>Each trial of the search that ran its full epochs, in the order in which trials were asked for. One trial is one \
repeat, and the luckiest of many looks better than its setting is: the choice rests on means over repeats.</p>
${figure(
  {
    x: { kind: 'number', name: 'trial', whole: true },
    y: { kind: 'number', name },
    layers: [
      {
        kind: 'dots',
        role: 'plain',
        shape: 'ring',
        size: 6,
        points: sampled(scored, MAX_DOTS).map((one) => ({
          x: one.number,
          y: one.value,
          tip: `#${one.number} ${settingOf(one)}: ${name} ${formatNumber(one.value)}`,
        })),
      },
      { kind: 'line', role: 'chosen', dashed: false, width: 2.5, points: sampled(line, 2 * MAX_STEPS) },
    ],
  },
  {
    title:
      `The best ${name} of a single trial went from ${formatNumber(first.value)} to ` +
      `${formatNumber(last.value)}, reached at trial ${last.number} of ${campaign.asked.size}`,
    key: markKey(['━', 'chosen', 'best so far'], ['○', 'plain', 'a trial']),
    sample:
      scored.length > MAX_DOTS
        ? `The picture shows ${MAX_DOTS} of ${formatCount(scored.length, 'trial')}; the line counts all of them.`
        : '',
    table: dataTable(
      'Trials that were the best so far',
      ['trial', name, 'setting'],
      steps.map((one) => () => [one.number, one.value, settingOf(one)]),
    ),
  },
)}
</section>`;
}
