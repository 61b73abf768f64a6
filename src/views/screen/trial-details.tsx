import type { ReactNode } from 'react';
import type { Campaign } from '../../campaign/campaign.js';
import { bestReport, lastReport } from '../../campaign/judged.js';
import type { Trial } from '../../campaign/trial.js';
import { columnNumber, nameInWords, printable, valueText } from '../wording.js';
import { cutText, fitText } from '../wrapped-text.js';
import { curveChart } from './curve-chart.js';
import { Line, type Tone, Toned } from './tone.js';

/** One trial in full: its parameters, its metrics, the curve of the campaign's metric, and the end of its log. */
export function TrialDetails(props: {
  readonly campaign: Campaign;
  readonly trial: Trial;
  /** The last lines that the trial printed; none where it keeps no log. */
  readonly log: readonly string[];
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { campaign, trial, log, rows, width } = props;
  const lines: (readonly [Tone, string])[] = [
    ['plain', ''],
    ['strong', titleOf(trial)],
    ...Object.entries(trial.spec.parameters).map(
      ([name, value]) => ['plain', `  ${fitText(printable(name), 16)}  ${valueText(value)}`] as const,
    ),
    ['plain', ''],
    ...metricLines(campaign, trial),
  ];
  const chartRows = Math.min(8, rows - lines.length - 2);
  const metric = campaign.facts?.metric.name ?? '';
  const curve = trial.reports.toArray().flatMap(({ metrics }) => metrics[metric] ?? []);
  if (chartRows > 1 && curve.length > 1) {
    lines.push(['plain', ''], ['quiet', `${printable(metric)} by epoch`]);
    lines.push(...curveChart(curve, width - 4, chartRows).map((line) => ['accent', line] as const));
  }
  const logRows = Math.min(log.length, rows - lines.length - 2);
  if (logRows > 0) {
    lines.push(['plain', ''], ['quiet', 'the end of its log']);
    lines.push(...log.slice(-logRows).map((line) => ['plain', printable(line)] as const));
  }
  return lines.slice(0, Math.max(0, rows)).map(([tone, text], i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is what stands at its place
    <Line key={i}>
      {'   '}
      <Toned tone={tone}>{cutText(text, width - 4)}</Toned>
    </Line>
  ));
}

function titleOf({ number, stage, spec, attempts, state }: Trial): string {
  const name = number === null ? 'A trial ahead' : `#${number}`;
  const epoch = `${spec.epochs} epochs`;
  return `${name} · ${nameInWords(stage)} · repeat ${spec.repeat} · ${epoch} · attempt ${attempts} · ${state}`;
}

/** Metrics of the last epoch, and of the best one by the campaign's metric. */
function metricLines(campaign: Campaign, trial: Trial): (readonly [Tone, string])[] {
  const last = lastReport(trial);
  const best = campaign.facts && bestReport(trial, campaign.facts.metric);
  if (last === null) return [['quiet', 'no epoch has ended yet']];
  const cell = (text: string): string => fitText(text, 12, 'right');
  const head = `  ${fitText('epoch', 16)}${cell(String(last.epoch))}${cell(best ? `best ${best.epoch}` : '')}`;
  return [
    ['quiet', head],
    ...Object.entries(last.metrics).map(([name, value]): readonly [Tone, string] => {
      const atBest = best?.metrics[name];
      const other = atBest === undefined ? '' : columnNumber(atBest);
      return ['plain', `  ${fitText(printable(name), 16)}${cell(columnNumber(value))}${cell(other)}`];
    }),
  ];
}
