import { Box } from 'ink';
import { Fragment, type ReactNode } from 'react';
import { cutText } from '../wrapped-text.js';
import { ChartOf, chartsOf, chartTitle } from './charts.js';
import { latestLines } from './history-lines.js';
import { HistoryLines } from './history-page.js';
import { RunningTrials } from './running-trials.js';
import { planScreen } from './screen-plan.js';
import { Sentence } from './sentence.js';
import type { StagesProps } from './stages.js';
import { Line, Toned } from './tone.js';

/** Columns before a chart. */
const chartIndent = 3;

/** The stages in one column: charts, what runs, what happened last, and why. */
export function StagesNarrow(props: StagesProps): ReactNode {
  const { snapshot, running, rows, width, sentence } = props;
  const charts = chartsOf(snapshot.campaign, width - chartIndent);
  const plan = planScreen({
    rows,
    charts,
    running: Math.max(props.soon, running.length),
    sentence: sentence.lines.length,
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
            <Box flexDirection="column" paddingLeft={chartIndent} height={granted - 1}>
              <ChartOf chart={chart} rows={granted - 1} width={width - chartIndent} />
            </Box>
          </Fragment>
        );
      })}
      {plan.running.gap && <Line />}
      {plan.running.titled && (
        <Line>
          {' '}
          <Toned tone="strong">Running</Toned>
          <Toned tone="quiet">{running.length > 1 ? ` ${running.length}` : ''}</Toned>
        </Line>
      )}
      <Box flexDirection="column" paddingLeft={1} height={plan.running.rows - (plan.running.titled ? 1 : 0)}>
        <RunningTrials
          campaign={snapshot.campaign}
          running={running}
          selected={props.selected}
          rows={plan.running.rows - (plan.running.titled ? 1 : 0)}
          width={width - 1}
        />
      </Box>
      {plan.latest > 0 && (
        <Box flexDirection="column" paddingLeft={1} marginTop={1} flexGrow={1} overflow="hidden">
          <HistoryLines lines={latestLines(props.history, width - 1, plan.latest - 1)} />
        </Box>
      )}
      {plan.latest === 0 && <Box flexGrow={1} />}
      {plan.sentence.gap && <Line />}
      <Sentence {...sentence} rows={plan.sentence.rows} width={width} />
      {plan.footerGap && <Line />}
    </Box>
  );
}

function Title({ title, width }: { readonly title: string; readonly width: number }): ReactNode {
  return (
    <Line>
      {' '}
      <Toned tone="strong">{cutText(title, width - 2)}</Toned>
    </Line>
  );
}
