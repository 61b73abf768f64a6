import { memo, type ReactNode } from 'react';
import type { Campaign } from '../../../campaign/campaign.js';
import { formatValue } from '../../../campaign/format-setting.js';
import { metricIn } from '../../../campaign/report.js';
import type { Trial, TrialKey } from '../../../campaign/trial.js';
import { lastReport } from '../../../campaign/trial-score.js';
import { formatColumnNumber, formatCount } from '../../../text/number.js';
import type { DriverState } from '../../model/campaign-source.js';
import { epochsBefore } from '../../model/epochs/epochs-before.js';
import type { Timing } from '../../model/timing.js';
import { variedInStage } from '../../model/varied-parameters.js';
import { fitText } from '../../text/wrapped-text.js';
import { type RunningLayout, runningHead, runningLayout, trialColumns } from '../layout/running-layout.js';
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

/** The table of the running trials at a width. */
export interface RunningTable {
  readonly layout: RunningLayout;
  /** The metric whose last values are shown, or `metric` if trials differ in it. */
  readonly metricName: string;
  /** Rows of the names above the trials, if there is room for all of them. */
  readonly head: number;
}

/** The names take at most this number of rows where not all trials can be shown. */
const MAX_CROWDED_HEAD = 3;
/** In a table of fewer rows, trials count for more than the names of their columns. */
const ROWS_FOR_NAMES = 8;

/** The columns that tell the running trials, and those that ran before them in the same stages, from each other. */
export function runningTable(
  campaign: Campaign,
  running: readonly RunningTrial[],
  width: number,
): RunningTable {
  const trials = running.map(({ trial }) => trial);
  const current = campaign.batches.last()?.stage ?? '';
  const stages = new Set(trials.length === 0 ? [current] : trials.map(({ stage }) => stage));
  const late = [...lateTrials(campaign, stages), ...trials];
  const metric = campaign.facts?.metric.name ?? '';
  const metrics = new Set(trials.map(({ spec }) => spec.until?.metric ?? metric));
  const metricName = metrics.size === 1 ? [...metrics].join('') : 'metric';
  const layout = runningLayout(
    width,
    tellingColumns(campaign, stages, late),
    Math.max(0, ...late.map(({ spec }) => spec.epochs)),
  );
  return { layout, metricName, head: runningHead(layout, metricName, Number.POSITIVE_INFINITY).length };
}

/** A row for each running trial: what it tries, how far it is, its metric, and the curve of its loss. */
export function RunningTrials(props: {
  readonly campaign: Campaign;
  readonly running: readonly RunningTrial[];
  readonly table: RunningTable;
  /** Trials that may run at once. Rows are kept for them, so that names stay where they are. */
  readonly soon: number;
  readonly selected: TrialKey | null;
  readonly rows: number;
}): ReactNode {
  const { campaign, running } = props;
  if (props.rows < 1) return null;
  const { layout, metricName } = props.table;
  const metric = campaign.facts?.metric.name ?? '';
  // With little room, trials count for more than the names of their columns.
  const headed = running.length > 0 && props.rows > Math.min(running.length, 3);
  const head = headed ? runningHead(layout, metricName, headRows(props)) : [];
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

/** Why nothing runs. */
export function NothingRuns({ state }: { readonly state: DriverState }): ReactNode {
  const why = state === 'paused' ? 'while paused' : 'at this moment';
  return (
    <Line>
      <StyledText textStyle="quiet">{state === 'gone' ? 'no run is active' : `nothing ${why}`}</StyledText>
    </Line>
  );
}

/** Rows that the names may take: no trial is hidden for the second and those after it if all can be shown. */
function headRows({
  table,
  running,
  soon,
  rows,
}: {
  readonly table: RunningTable;
  readonly running: readonly RunningTrial[];
  readonly soon: number;
  readonly rows: number;
}): number {
  const crowded = rows < ROWS_FOR_NAMES ? 1 : MAX_CROWDED_HEAD;
  return Math.min(table.head, Math.max(crowded, rows - Math.max(running.length, soon)));
}

/** How many of the last trials say in which parameters trials differ. */
const LOOK_BACK = 32;

/** The last trials of these stages. More than those that run, so that columns do not change all the time. */
function lateTrials(campaign: Campaign, stages: ReadonlySet<string>): Trial[] {
  const late = campaign.asked.takeLast(LOOK_BACK).toArray();
  return late.flatMap((key) => campaign.trials.get(key) ?? []).filter(({ stage }) => stages.has(stage));
}

/** The parameters that vary in these stages, those with the most values first, and their values in these trials. */
function tellingColumns(
  campaign: Campaign,
  stages: ReadonlySet<string>,
  trials: readonly Trial[],
): readonly { readonly name: string; readonly values: readonly string[] }[] {
  const varied = new Set([...stages].flatMap((stage) => variedInStage(campaign, stage)));
  const names = (campaign.facts?.parameters ?? []).filter((name) => varied.has(name));
  const columns = names.map((name) => ({
    name,
    values: [...new Set(trials.map(({ spec }) => formatValue(spec.parameters[name])))],
  }));
  return sortRows(columns, ({ values }) => values.length, true);
}

function settingCells({ spec }: Trial, { parameters, gap }: RunningLayout): string {
  const between = ' '.repeat(gap);
  return parameters
    .map(({ name, width }) => fitText(formatValue(spec.parameters[name]), width) + between)
    .join('');
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
        {fitText(number, trialColumns.number)}
        {props.setting}
        {fitText(String(spec.repeat), props.repeatWidth) + gap}
      </StyledText>
      <StyledText textStyle="plain">{'━'.repeat(earlier)}</StyledText>
      <StyledText textStyle="accent">{'━'.repeat(done - earlier)}</StyledText>
      <StyledText textStyle="quiet">{'─'.repeat(bar - done)}</StyledText>
      {fitText(`${epoch}/${spec.epochs}`, props.epochs, 'right')}
      {fitText(value === undefined ? '' : formatColumnNumber(value), props.metricWidth, 'right')}
      {props.curve > 0 && gap}
      <StyledText textStyle="quiet">{sparkline(curve, props.curve)}</StyledText>
    </Line>
  );
});

/** The trials that have failed and do not wait again, the last to do so first. */
export function failedTrials(campaign: Campaign, timing: Timing): TrialKey[] {
  const failed = timing.failures.keySeq().filter((key) => campaign.trials.get(key)?.state === 'failed');
  return failed.toArray().reverse();
}
