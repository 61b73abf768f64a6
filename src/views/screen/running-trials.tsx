import { memo, type ReactNode } from 'react';
import type { Campaign } from '../../campaign/campaign.js';
import { lastReport } from '../../campaign/judged.js';
import type { Trial } from '../../campaign/trial.js';
import type { Timing } from '../timing.js';
import { variedInStage } from '../varied-parameters.js';
import { columnNumber, countText, settingText } from '../wording.js';
import { fitText } from '../wrapped-text.js';
import { sparkline } from './sparkline.js';
import { Line, Toned } from './tone.js';

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
  readonly rows: number;
  readonly titled: boolean;
  readonly width: number;
}): ReactNode {
  const { campaign, running, titled, width } = props;
  const rows = props.rows - (titled ? 1 : 0);
  const shown = running.slice(0, running.length <= rows ? rows : rows - 1);
  const hidden = running.length - shown.length;
  const metric = campaign.facts?.metric.name ?? '';
  return (
    <>
      {titled && (
        <Line>
          {' '}
          <Toned tone="strong">Running</Toned>
          <Toned tone="quiet">{running.length > 1 ? ` ${running.length}` : ''}</Toned>
        </Line>
      )}
      {shown.map(({ trial, worker }) => (
        <Row
          key={worker}
          trial={trial}
          names={variedInStage(campaign, trial.stage)}
          metric={metric}
          width={width}
        />
      ))}
      {hidden > 0 && (
        <Line>
          <Toned tone="quiet">{`   … ${countText(hidden, 'more trial')} running`}</Toned>
        </Line>
      )}
    </>
  );
}

const Row = memo(function Row(props: {
  readonly trial: Trial;
  readonly names: readonly string[];
  readonly metric: string;
  readonly width: number;
}): ReactNode {
  const { trial, width } = props;
  const { spec, reports } = trial;
  const shown = spec.until?.metric ?? props.metric;
  const epoch = lastReport(trial)?.epoch ?? 0;
  const value = lastReport(trial)?.metrics[shown];
  const number = trial.number === null ? 'ahead' : `#${trial.number}`;
  const repeat = width < 72 ? `r${spec.repeat}` : `repeat ${spec.repeat}`;
  const columns = columnsOf(width, repeat.length);
  const curve = reports.toArray().flatMap(({ metrics }) => metrics[props.metric] ?? []);
  const done = Math.round((columns.bar * Math.min(epoch, spec.epochs)) / spec.epochs);
  return (
    <Line>
      {'   '}
      <Toned tone={trial.number === null ? 'quiet' : 'plain'}>
        {fitText(number, 6)}
        {fitText(settingText(spec.parameters, props.names, ' '), columns.setting)}{' '}
        {fitText(repeat, columns.repeat)}
      </Toned>
      {'  '}
      <Toned tone="accent">{'━'.repeat(done)}</Toned>
      <Toned tone="quiet">{'─'.repeat(columns.bar - done)}</Toned>
      {fitText(`${epoch}/${spec.epochs}`, 9, 'right')}
      {fitText(value === undefined ? '' : columnNumber(value), 8, 'right')}
      {'  '}
      <Toned tone="quiet">{sparkline(curve, columns.curve)}</Toned>
    </Line>
  );
});

function columnsOf(
  width: number,
  repeat: number,
): { readonly setting: number; readonly repeat: number; readonly bar: number; readonly curve: number } {
  const repeatWidth = repeat > 4 ? 9 : 3;
  const room = Math.max(0, width - 3 - 6 - 1 - repeatWidth - 2 - 9 - 8 - 2 - 1);
  const curve = Math.min(16, Math.floor(room * 0.25));
  const bar = Math.min(24, Math.floor(room * 0.28));
  return { setting: Math.max(0, room - curve - bar), repeat: repeatWidth, bar, curve };
}
