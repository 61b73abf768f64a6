import { memo, type ReactNode } from 'react';
import type { Campaign } from '../../../campaign/campaign.js';
import { formatValue } from '../../../campaign/format-setting.js';
import { metricIn } from '../../../campaign/report.js';
import type { Trial, TrialKey } from '../../../campaign/trial.js';
import { lastReport } from '../../../campaign/trial-score.js';
import { formatColumnNumber, formatCount } from '../../../text/number.js';
import { escapeControls } from '../../../text/quote.js';
import { epochsBefore } from '../../model/epochs-before.js';
import type { Timing } from '../../model/timing.js';
import { variedInStage } from '../../model/varied-parameters.js';
import { fitText } from '../../text/wrapped-text.js';
import { columnName, type RunningLayout, runningLayout, TRIAL_COLUMNS } from '../layout/running-layout.js';
import { staggeredHeaders } from '../layout/staggered-headers.js';
import { sortRows } from '../lists/list-view.js';
import { atPlaces, Line, StyledText } from './line.js';
import { sparkline } from './sparkline.js';

/** A trial that runs, and the worker that it keeps busy. */
export interface RunningTrial {
  readonly worker: number;
  readonly trial: Trial;
}

/** The trials that run, in the order of their workers, so that a row stays where it is as long as its trial runs. */
export function runningTrials(campaign: Campaign, timing: Timing): RunningTrial[] {
  const running = timing.open.entrySeq().toArray();
  return running
    .flatMap(([key, place]) => {
      const trial = campaign.trials.get(key);
      return trial?.state === 'running' ? [{ worker: timing.attempts.get(place)?.worker ?? 0, trial }] : [];
    })
    .sort((a, b) => a.worker - b.worker);
}

/** Rows of the names above the running trials, if they fit in one line. */
export const RUNNING_HEAD = 1;

/** The names take at most so many rows, and several only where at least so many rows are there. */
const MAX_HEAD = 3;
const ROWS_FOR_NAMES = 8;

/** A row for each running trial: what it tries, how far it is, its metric, and the curve of its loss. */
export function RunningTrials(props: {
  readonly campaign: Campaign;
  readonly running: readonly RunningTrial[];
  readonly selected: TrialKey | null;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { campaign, running, width } = props;
  if (props.rows < 1) return null;
  const metric = campaign.facts?.metric.name ?? '';
  const names = tellingNames(
    campaign,
    running.map(({ trial }) => trial),
  );
  const metrics = new Set(running.map(({ trial }) => trial.spec.until?.metric ?? metric));
  const metricName = metrics.size === 1 ? [...metrics].join('') : 'metric';
  const layout = runningLayout(
    width,
    names.map((name) => ({
      name,
      values: running.map(({ trial }) => formatValue(trial.spec.parameters[name])),
    })),
    Math.max(0, ...running.map(({ trial }) => trial.spec.epochs)),
    metricName,
  );
  // With little room, trials count for more than the names of their columns.
  const headed = running.length > 0 && props.rows > Math.min(running.length, 3);
  const head = headed ? headLines(layout, metricName, headRows(props.rows, running.length)) : [];
  const rows = props.rows - head.length;
  const room = running.length <= rows ? rows : Math.max(1, rows - 1);
  const selected = running.findIndex(({ trial }) => trial.key === props.selected);
  const start = Math.max(0, selected - room + 1);
  const shown = running.slice(start, start + room);
  const hidden = rows > 1 ? running.length - shown.length : 0;
  return (
    <>
      {atPlaces(head).map(({ place, item }) => (
        <Line key={place}>
          <StyledText textStyle="quiet">{item}</StyledText>
        </Line>
      ))}
      {shown.map(({ trial, worker }) => (
        <Row
          key={worker}
          trial={trial}
          before={epochsBefore(campaign, trial) ?? 0}
          selected={trial.key === props.selected}
          setting={settingCells(trial, layout)}
          metric={metric}
          gap={layout.gap}
          repeatWidth={layout.repeat}
          bar={layout.bar}
          epochs={layout.epochs}
          metricWidth={layout.metric}
          curve={layout.curve}
        />
      ))}
      {hidden > 0 && (
        <Line>
          <StyledText textStyle="quiet">{`  … ${formatCount(hidden, 'more trial')} running`}</StyledText>
        </Line>
      )}
    </>
  );
}

/** How many of the last trials say in which parameters trials differ. */
const LOOK_BACK = 32;

/**
 * The parameters that vary in the stages of the running trials; first those of which the trials of late have the most
 * values. More trials than those that run are looked at, so that columns do not change places all the time.
 */
function tellingNames(campaign: Campaign, running: readonly Trial[]): readonly string[] {
  const stages = [...new Set(running.map(({ stage }) => stage))];
  const varied = new Set(stages.flatMap((stage) => variedInStage(campaign, stage)));
  const names = (campaign.facts?.parameters ?? []).filter((name) => varied.has(name));
  const late = campaign.asked.takeLast(LOOK_BACK).toArray();
  const trials = late.flatMap((key) => campaign.trials.get(key) ?? []);
  const settings = [...trials.filter(({ stage }) => stages.includes(stage)), ...running];
  const valuesOf = (name: string): number =>
    new Set(settings.map(({ spec }) => formatValue(spec.parameters[name]))).size;
  return sortRows(names, valuesOf, true);
}

function settingCells({ spec }: Trial, { parameters, gap }: RunningLayout): string {
  const between = ' '.repeat(gap);
  return parameters
    .map(({ name, width }) => fitText(formatValue(spec.parameters[name]), width) + between)
    .join('');
}

/** Rows that the names may take: no trial is hidden for the second and third if all can be shown. */
function headRows(rows: number, running: number): number {
  if (rows < ROWS_FOR_NAMES) return 1;
  return running < rows ? Math.min(MAX_HEAD, rows - running) : MAX_HEAD;
}

/** The names of the columns; in several lines if names of parameters do not fit above their columns, at most `max`. */
function headLines(layout: RunningLayout, metric: string, max: number): string[] {
  const { parameters, gap, repeat } = layout;
  const before = TRIAL_COLUMNS.mark + TRIAL_COLUMNS.number;
  const repeatName = repeat < 6 ? 'rep' : 'repeat';
  const starts = parameters.map((_, i) =>
    parameters.slice(0, i).reduce((start, { width }) => start + width + gap, before),
  );
  const end = parameters.reduce((start, { width }) => start + width + gap, before);
  const isCut = parameters.some(({ name, width }) => columnName(name, width) !== escapeControls(name));
  const lines =
    isCut && max > 1
      ? staggeredHeaders(
          [
            ...parameters.map(({ name }, i) => ({ name: escapeControls(name), start: starts[i] ?? 0 })),
            { name: repeatName, start: end },
          ],
          max,
        )
      : [
          ' '.repeat(before) +
            parameters.map(({ name, width }) => fitText(columnName(name, width), width + gap)).join('') +
            repeatName,
        ];
  const trial = ' '.repeat(TRIAL_COLUMNS.mark) + fitText('trial', TRIAL_COLUMNS.number);
  const last = trial + (lines.pop() ?? '').slice(before);
  return [
    ...lines,
    fitText(last, end + repeat + gap) +
      fitText('epoch', layout.bar + layout.epochs, 'right') +
      fitText(columnName(metric, layout.metric - gap), layout.metric, 'right'),
  ];
}

const Row = memo(function Row(props: {
  readonly trial: Trial;
  readonly selected: boolean;
  readonly setting: string;
  readonly metric: string;
  readonly gap: number;
  readonly repeatWidth: number;
  readonly bar: number;
  readonly epochs: number;
  readonly metricWidth: number;
  readonly curve: number;
  /** The epochs of the shorter trial that it goes on from; 0 for one that trains from the start. */
  readonly before: number;
}): ReactNode {
  const { trial, bar, before } = props;
  const { spec, reports } = trial;
  const shown = spec.until?.metric ?? props.metric;
  const epoch = Math.max(before, lastReport(trial)?.epoch ?? 0);
  const value = metricIn(lastReport(trial)?.metrics, shown);
  const number = trial.number === null ? 'ahead' : `#${trial.number}`;
  const curve = reports.toArray().flatMap(({ metrics }) => metricIn(metrics, props.metric) ?? []);
  const done = Math.round((bar * Math.min(epoch, spec.epochs)) / spec.epochs);
  // What an earlier trial has done is drawn in another tone.
  const earlier = Math.min(done, Math.round((bar * before) / spec.epochs));
  const gap = ' '.repeat(props.gap);
  return (
    <Line>
      {props.selected ? '▸ ' : '  '}
      <StyledText textStyle={props.selected ? 'strong' : trial.number === null ? 'quiet' : 'plain'}>
        {fitText(number, TRIAL_COLUMNS.number)}
        {props.setting}
        {fitText(String(spec.repeat), props.repeatWidth) + gap}
      </StyledText>
      <StyledText textStyle="plain">{'━'.repeat(earlier)}</StyledText>
      <StyledText textStyle="accent">{'━'.repeat(done - earlier)}</StyledText>
      <StyledText textStyle="quiet">{'─'.repeat(bar - done)}</StyledText>
      {fitText(`${epoch}/${spec.epochs}`, props.epochs, 'right')}
      {fitText(value === undefined ? '' : formatColumnNumber(value), props.metricWidth, 'right')}
      {gap}
      <StyledText textStyle="quiet">{sparkline(curve, props.curve)}</StyledText>
    </Line>
  );
});

/** The trials that have failed and do not wait again, the last to do so first. */
export function failedTrials(campaign: Campaign, timing: Timing): TrialKey[] {
  const failed = timing.failures.keySeq().filter((key) => campaign.trials.get(key)?.state === 'failed');
  return failed.toArray().reverse();
}
