import { memo, type ReactNode } from 'react';
import type { Campaign } from '../../../campaign/campaign.js';
import { formatSetting, formatValue } from '../../../campaign/format-setting.js';
import { metricIn } from '../../../campaign/report.js';
import type { Trial, TrialKey } from '../../../campaign/trial.js';
import { lastReport } from '../../../campaign/trial-score.js';
import { formatColumnNumber, formatCount } from '../../../text/number.js';
import { epochsBefore } from '../../model/epochs-before.js';
import type { Timing } from '../../model/timing.js';
import { variedInStage } from '../../model/varied-parameters.js';
import { fitText, textWidth } from '../../text/wrapped-text.js';
import { sparkline } from './sparkline.js';
import { Line, StyledText } from './text-style.js';

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

/** A row for each running trial: what it tries, how far it is, its metric, and the curve of its loss. */
export function RunningTrials(props: {
  readonly campaign: Campaign;
  readonly running: readonly RunningTrial[];
  readonly selected: TrialKey | null;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { campaign, running, rows, width } = props;
  if (rows < 1) return null;
  const room = running.length <= rows ? rows : Math.max(1, rows - 1);
  const selected = running.findIndex(({ trial }) => trial.key === props.selected);
  const start = Math.max(0, selected - room + 1);
  const shown = running.slice(start, start + room);
  const hidden = rows > 1 ? running.length - shown.length : 0;
  const metric = campaign.facts?.metric.name ?? '';
  const columns = columnsOf(
    width,
    shown.map(({ trial }) => settingIn(campaign, trial)),
    Math.max(0, ...shown.map(({ trial }) => trial.spec.epochs)),
  );
  return (
    <>
      {shown.map(({ trial, worker }) => (
        <Row
          key={worker}
          trial={trial}
          before={epochsBefore(campaign, trial) ?? 0}
          selected={trial.key === props.selected}
          setting={settingFor(settingIn(campaign, trial), columns)}
          metric={metric}
          narrow={columns.narrow}
          settingWidth={columns.setting}
          bar={columns.bar}
          epochs={columns.epochs}
          curve={columns.curve}
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

/** A setting with the names of its parameters, and without. */
interface SettingTexts {
  readonly named: string;
  readonly bare: string;
}

function settingIn(campaign: Campaign, { stage, spec }: Trial): SettingTexts {
  const names = variedInStage(campaign, stage);
  return {
    named: formatSetting(spec.parameters, names, ' '),
    bare: names.map((name) => formatValue(spec.parameters[name])).join(' '),
  };
}

/** Cut to the width: values that do not fit are left out from the end, each as a whole. */
function settingFor({ named, bare }: SettingTexts, { named: isNamed, setting }: Columns): string {
  if (isNamed || textWidth(bare) <= setting) return isNamed ? named : bare;
  let values = bare.split(' ');
  while (values.length > 1 && textWidth(values.join(' ')) > setting - 2) values = values.slice(0, -1);
  return `${values.join(' ')} …`;
}

const Row = memo(function Row(props: {
  readonly trial: Trial;
  readonly selected: boolean;
  readonly setting: string;
  readonly metric: string;
  readonly narrow: boolean;
  readonly settingWidth: number;
  readonly bar: number;
  readonly epochs: number;
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
  return (
    <Line>
      {props.selected ? '▸ ' : '  '}
      <StyledText textStyle={props.selected ? 'strong' : trial.number === null ? 'quiet' : 'plain'}>
        {fitText(number, 6)}
        {fitText(props.setting, props.settingWidth)}
        {props.narrow
          ? fitText(` r${spec.repeat}`, repeatWidth.narrow)
          : fitText(`  repeat ${spec.repeat}`, repeatWidth.wide)}
      </StyledText>
      <StyledText textStyle="plain">{'━'.repeat(earlier)}</StyledText>
      <StyledText textStyle="accent">{'━'.repeat(done - earlier)}</StyledText>
      <StyledText textStyle="quiet">{'─'.repeat(bar - done)}</StyledText>
      {fitText(`${epoch}/${spec.epochs}`, props.epochs, 'right')}
      {fitText(value === undefined ? '' : formatColumnNumber(value), 8, 'right')}
      {'  '}
      <StyledText textStyle="quiet">{sparkline(curve, props.curve)}</StyledText>
    </Line>
  );
});

/** Where there is little room, repeat 3 is `r3`. */
const repeatWidth = { narrow: 6, wide: 13 };

/** Mark, number, metric and the spaces between. */
const FIXED_WIDTH = 2 + 6 + 8 + 2;

/** The least that bar and curve need together. */
const DRAWN_WIDTH = 12;

interface Columns {
  readonly narrow: boolean;
  /** Whether the names of the parameters stand in the rows: where bar and curve still have room next to them. */
  readonly named: boolean;
  readonly setting: number;
  readonly bar: number;
  /** `12/40` and the space before it. */
  readonly epochs: number;
  readonly curve: number;
}

function columnsOf(width: number, settings: readonly SettingTexts[], maxEpochs: number): Columns {
  const narrow = width < 70;
  const epochs = 2 * String(maxEpochs).length + 3;
  const repeats = narrow ? repeatWidth.narrow : repeatWidth.wide;
  const room = Math.max(0, width - FIXED_WIDTH - epochs - repeats);
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(textWidth));
  const withNames = widest(settings.map((texts) => texts.named));
  const bare = widest(settings.map((texts) => texts.bare));
  const named = withNames <= room - DRAWN_WIDTH;
  // Where the values do not fit either, how far the trials are still counts for more than the last of them.
  const setting = Math.min(named ? withNames : bare, Math.max(room - DRAWN_WIDTH, Math.floor(room / 2)));
  const left = room - setting;
  const curve = Math.min(16, Math.floor(left * 0.45));
  return { narrow, named, setting, bar: Math.min(24, left - curve), epochs, curve };
}

/** The trials that have failed and do not wait again, the last to do so first. */
export function failedTrials(campaign: Campaign, timing: Timing): TrialKey[] {
  const failed = timing.failures.keySeq().filter((key) => campaign.trials.get(key)?.state === 'failed');
  return failed.toArray().reverse();
}
