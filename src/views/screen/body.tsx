import { Box } from 'ink';
import { Fragment, type ReactNode } from 'react';
import type { TrialKey } from '../../campaign/trial.js';
import type { Snapshot } from '../campaign-source.js';
import { printable } from '../wording.js';
import { cutText, wrapText } from '../wrapped-text.js';
import { type Chart, chartsOf } from './charts.js';
import { GrowthTable } from './growth-table.js';
import { LeaderboardTable } from './leaderboard-table.js';
import { type RunningTrial, RunningTrials } from './running-trials.js';
import { planScreen } from './screen-plan.js';
import { Line, Toned } from './tone.js';

/** Between the steps and the footer: the charts of the stages, what runs, and why. */
export function Body(props: {
  readonly snapshot: Snapshot;
  readonly running: readonly RunningTrial[];
  readonly selected: TrialKey | null;
  /** Trials that may run at once; rows are kept for those about to start, so that the screen does not jump. */
  readonly soon: number;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { snapshot, running, rows, width } = props;
  const { campaign, driver } = snapshot;
  const charts = chartsOf(campaign);
  const sentence = sentenceOf(snapshot, width);
  const plan = planScreen({
    rows,
    charts,
    running: Math.max(props.soon, running.length),
    sentence: sentence.length,
  });
  return (
    <>
      {plan.charts.map(({ id, rows: granted, gap }) => (
        <Fragment key={id}>
          {gap && <Line />}
          <ChartOf
            chart={charts.find((chart) => chart.id === id)}
            snapshot={snapshot}
            rows={granted}
            width={width}
          />
        </Fragment>
      ))}
      {plan.running.gap && <Line />}
      <Box flexDirection="column" height={plan.running.rows}>
        <RunningTrials
          campaign={campaign}
          running={running}
          selected={props.selected}
          rows={plan.running.rows}
          titled={plan.running.titled}
          width={width}
        />
      </Box>
      {plan.sentence.gap && <Line />}
      {firstLines(sentence, plan.sentence.rows, width).map((line) => (
        <Line key={line}>
          {' '}
          <Toned tone={driver.message === null ? 'plain' : 'warning'}>{line}</Toned>
        </Line>
      ))}
      {plan.footerGap && <Line />}
    </>
  );
}

function ChartOf(props: {
  readonly chart: Chart | undefined;
  readonly snapshot: Snapshot;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { chart, rows, width } = props;
  const { facts } = props.snapshot.campaign;
  if (chart === undefined || facts === null || rows === 0) return null;
  switch (chart.kind) {
    case 'growth':
      return <GrowthTable growth={chart.growth} validation={facts.metric.name} rows={rows} width={width} />;
    case 'board':
      return <LeaderboardTable board={chart.board} metric={facts.metric} rows={rows} width={width} />;
    default:
      return chart satisfies never;
  }
}

/** What the driver has to say goes before the method's own sentence. */
function sentenceOf({ campaign, driver }: Snapshot, width: number): string[] {
  const because = campaign.conclusion?.because ?? campaign.batches.last()?.because ?? '';
  const text = printable(driver.message ?? because);
  return text === '' ? [] : wrapText(text, width - 2);
}

/** So many lines; the last says where there were more. */
function firstLines(lines: readonly string[], count: number, width: number): readonly string[] {
  if (lines.length <= count) return lines;
  return lines.slice(0, count).map((line, i) => (i === count - 1 ? `${cutText(line, width - 3)}…` : line));
}
