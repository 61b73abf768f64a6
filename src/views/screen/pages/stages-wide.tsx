import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { TrialKey } from '../../../campaign/trial.js';
import type { LogTail } from '../../log-tail.js';
import { hostOf } from '../../model/host-status.js';
import { panels, planWide } from '../layout/wide-plan.js';
import { ChartOf, chartsOf, chartTitle } from '../widgets/charts.js';
import { HistoryLines, latestLines } from '../widgets/history-lines.js';
import { Line } from '../widgets/line.js';
import { Panel, panelFrame, titleRoom } from '../widgets/panel.js';
import { NothingRuns, RunningTrials, runningTable } from '../widgets/running-trials.js';
import { Sentence } from '../widgets/sentence.js';
import { detailRows, TrialDetails, trialTitle } from '../widgets/trial-details.js';
import type { StagesProps } from './stages-props.js';

/** Columns from which there is room for two. */
export const WIDE_FROM = 110;

/** Rows of the sentence, whether it needs them or not: panels keep their size from one sentence to the next. */
const SENTENCE_ROWS = 2;

/** Lines of a log that are worth their place next to everything else. */
const MAX_LOG = 10;

/**
 * The stages in two columns of panels: charts at the left; what runs, one trial in full, what happened at the right.
 */
export function StagesWide(
  props: StagesProps & { readonly logTail: (trial: TrialKey) => LogTail | null },
): ReactNode {
  const { snapshot, running, rows, width, sentence } = props;
  const left = Math.round(width * 0.54);
  const charts = chartsOf(snapshot.campaign, left - panelFrame.columns);
  const shown = running.find(({ trial }) => trial.key === props.selected)?.trial ?? running[0]?.trial;
  const tail = shown === undefined ? null : props.logTail(shown.key);
  const log = tail && { ...tail, lines: tail.lines.slice(-MAX_LOG) };
  const table = runningTable(snapshot.campaign, running, width - left - panelFrame.columns);
  const plan = planWide({
    rows: rows - SENTENCE_ROWS - 1,
    charts,
    names: table.head,
    running: table.head + Math.max(props.soon, running.length),
    details: shown === undefined ? 0 : detailRows(snapshot.campaign, shown, log, Math.floor(width / 2)),
  });
  const panel = (id: string, panelRows: number, panelWidth: number): ReactNode => {
    const inside = { rows: panelRows - panelFrame.rows, width: panelWidth - panelFrame.columns };
    const frame = { rows: panelRows, width: panelWidth };
    switch (id) {
      case panels.running:
        return (
          <Panel key={id} title="Running" note={running.length > 1 ? `${running.length}` : ''} {...frame}>
            {running.length === 0 ? (
              <NothingRuns state={snapshot.driver.state} />
            ) : (
              <RunningTrials
                campaign={snapshot.campaign}
                running={running}
                table={table}
                soon={props.soon}
                selected={props.selected}
                rows={inside.rows}
              />
            )}
          </Panel>
        );
      case panels.details:
        return shown === undefined ? null : (
          <Panel
            key={id}
            title={trialTitle(
              snapshot.campaign,
              shown,
              hostOf(shown.key, snapshot.driver.hosts),
              titleRoom(panelWidth),
            )}
            {...frame}
          >
            <TrialDetails campaign={snapshot.campaign} trial={shown} log={log} {...inside} />
          </Panel>
        );
      case panels.history:
        return (
          <Panel key={id} title="What happened" note="h all" {...frame}>
            <HistoryLines lines={latestLines(props.history, inside.width, inside.rows)} />
          </Panel>
        );
      default: {
        const chart = charts.find((one) => one.id === id);
        return chart === undefined ? null : (
          <Panel key={id} title={chartTitle(chart, titleRoom(panelWidth))} {...frame}>
            <ChartOf chart={chart} {...inside} />
          </Panel>
        );
      }
    }
  };
  return (
    <Box flexDirection="column" width={width} height={rows}>
      <Box width={width} height={rows - SENTENCE_ROWS - 1}>
        <Box flexDirection="column" width={left}>
          {plan.left.map(({ id, rows: granted }) => panel(id, granted, left))}
        </Box>
        <Box flexDirection="column" width={width - left}>
          {plan.right.map(({ id, rows: granted }) => panel(id, granted, width - left))}
        </Box>
      </Box>
      <Box flexDirection="column" height={SENTENCE_ROWS}>
        <Sentence {...sentence} rows={SENTENCE_ROWS} width={width} />
      </Box>
      <Line />
    </Box>
  );
}
