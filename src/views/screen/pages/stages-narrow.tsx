import { Box } from 'ink';
import { Fragment, type ReactNode } from 'react';
import { cutText } from '../../text/wrapped-text.js';
import { planScreen } from '../layout/screen-plan.js';
import { ChartOf, chartsOf, chartTitle } from '../widgets/charts.js';
import { HistoryLines, latestLines } from '../widgets/history-lines.js';
import { Line, StyledText } from '../widgets/line.js';
import { NothingRuns, RunningTrials, runningTable } from '../widgets/running-trials.js';
import { Sentence } from '../widgets/sentence.js';
import type { StagesProps } from './stages-props.js';

/** Columns before a chart. */
const CHART_INDENT = 3;

/** Rows that the sentence has, whether it needs them or not: charts keep their size from one sentence to the next. */
const MIN_SENTENCE = 2;

/** The stages in one column: charts, what runs, what happened last, and why. */
export function StagesNarrow(props: StagesProps): ReactNode {
  const { snapshot, running, rows, width, sentence } = props;
  const charts = chartsOf(snapshot.campaign, width - CHART_INDENT);
  const table = runningTable(snapshot.campaign, running, width - 1);
  const plan = planScreen({
    rows,
    charts,
    names: table.head,
    running: table.head + Math.max(props.soon, running.length),
    sentence: Math.max(MIN_SENTENCE, sentence.lines.length),
  });
  return (
    <Box flexDirection="column" width={width} height={rows}>
      {plan.charts.map(({ id, rows: granted, gap }) => {
        const chart = charts.find((one) => one.id === id);
        if (chart === undefined || granted < 2) return null;
        return (
          <Fragment key={id}>
            {gap && <Line />}
            <Title title={chartTitle(chart, width - 2)} width={width} />
            <Box flexDirection="column" paddingLeft={CHART_INDENT} height={granted - 1}>
              <ChartOf chart={chart} rows={granted - 1} width={width - CHART_INDENT} />
            </Box>
          </Fragment>
        );
      })}
      {plan.running.gap && <Line />}
      {plan.running.titled && (
        <Line>
          {' '}
          <StyledText textStyle="strong">Running</StyledText>
          <StyledText textStyle="quiet">{running.length > 1 ? ` ${running.length}` : ''}</StyledText>
        </Line>
      )}
      <Box flexDirection="column" paddingLeft={1} height={plan.running.rows - (plan.running.titled ? 1 : 0)}>
        {running.length === 0 && plan.running.titled ? (
          <Box paddingLeft={2}>
            <NothingRuns state={snapshot.driver.state} />
          </Box>
        ) : (
          <RunningTrials
            campaign={snapshot.campaign}
            running={running}
            table={table}
            soon={props.soon}
            selected={props.selected}
            rows={plan.running.rows - (plan.running.titled ? 1 : 0)}
          />
        )}
      </Box>
      {plan.latest > 0 && (
        <Box flexDirection="column" paddingLeft={1} marginTop={1} flexGrow={1} overflowY="hidden">
          <HistoryLines lines={latestLines(props.history, width - 1, plan.latest - 1)} />
        </Box>
      )}
      {plan.latest === 0 && <Box flexGrow={1} />}
      {plan.sentence.gap && <Line />}
      <Box flexDirection="column" height={plan.sentence.rows}>
        <Sentence {...sentence} rows={plan.sentence.rows} width={width} />
      </Box>
      {plan.footerGap && <Line />}
    </Box>
  );
}

function Title({ title, width }: { readonly title: string; readonly width: number }): ReactNode {
  return (
    <Line>
      {' '}
      <StyledText textStyle="strong">{cutText(title, width - 2)}</StyledText>
    </Line>
  );
}
