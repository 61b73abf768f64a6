import { Box } from 'ink';
import { type ReactNode, useMemo, useRef, useSyncExternalStore } from 'react';
import type { TrialKey } from '../../../campaign/trial.js';
import type { LogTail } from '../../log-tail.js';
import { attemptsOf } from '../../model/attempts/attempts-of.js';
import type { DriverState } from '../../model/campaign-source.js';
import { hostOf } from '../../model/host-status.js';
import { stageSteps } from '../../model/stage-progress.js';
import { elapsedSeconds } from '../../model/timing.js';
import type { Commands } from '../../view.js';
import { MAX_HEAD } from '../lists/trial-table.js';
import { useTerminalSize } from '../terminal/terminal-size.js';
import { Footer } from '../widgets/footer.js';
import { Header } from '../widgets/header.js';
import { HistoryPage, historyLines } from '../widgets/history-lines.js';
import { Line } from '../widgets/line.js';
import { failedTrials, runningTrials } from '../widgets/running-trials.js';
import { Steps } from '../widgets/stage-progress.js';
import { TrialPage, trialName } from '../widgets/trial-details.js';
import { ComparisonPage } from './comparison-page.js';
import { Help } from './help.js';
import { useKeys } from './keys.js';
import { navigationContext, type VisibleRows } from './navigation-context.js';
import type { ScreenSource } from './screen-source.js';
import { Stages } from './stages.js';
import { LIST_FRAME, TrialsPage } from './trials-page.js';

/** What the screen is drawn from, and what its keys do. */
interface ScreenProps {
  readonly source: ScreenSource;
  readonly commands: Commands;
  readonly terminal: NodeJS.WriteStream;
  readonly logTail: (trial: TrialKey) => LogTail | null;
  /** What the driver does at this very moment. */
  readonly driverState: () => DriverState;
  readonly drawAnew: () => void;
  readonly suspend: () => void;
}

/** The whole screen: where the campaign is above, what the keys do below, and a page in between. */
export function Screen(props: ScreenProps): ReactNode {
  const { source, logTail } = props;
  const { snapshot, history, settled, left, now } = useSyncExternalStore(
    source.subscribe,
    source.getSnapshot,
  );
  const { columns, rows } = useTerminalSize(props.terminal);
  const { campaign, timing, driver } = snapshot;
  const running = runningTrials(campaign, timing);
  const failed = failedTrials(campaign, timing);
  const seen = useRef<VisibleRows>({ list: 1, history: { lines: 0, seen: 0 } });
  const at = useKeys(props, (before) =>
    navigationContext(source.getSnapshot().snapshot, before, seen.current),
  );
  const lines = useMemo(
    () => (at.page === 'history' ? historyLines(history, columns - 2) : []),
    [at.page, history, columns],
  );
  const stopped = driver.state === 'ended' || driver.state === 'gone';
  const isRunning = running.some(({ trial }) => trial.key === at.selected);
  const shown = at.selected === null ? undefined : campaign.trials.get(at.selected);
  // A watcher in another process sees how many ran at once.
  const slots = driver.slots ?? timing.workers;
  const bodyRows = Math.max(0, rows - 3);
  seen.current = {
    list: Math.max(1, bodyRows - LIST_FRAME - MAX_HEAD),
    history: { lines: lines.length, seen: Math.max(1, bodyRows - 2) },
  };

  const page = (): ReactNode => {
    if (at.page === 'help') return <Help rows={bodyRows} width={columns} />;
    if (at.page === 'history')
      return (
        <Box flexDirection="column" paddingX={1} marginY={1}>
          <HistoryPage lines={lines} back={at.back} rows={seen.current.history.seen} />
        </Box>
      );
    if (at.page === 'trials')
      return <TrialsPage campaign={campaign} at={at} rows={bodyRows} width={columns} />;
    if (at.page === 'comparison')
      return <ComparisonPage campaign={campaign} at={at} rows={bodyRows} width={columns} />;
    if (at.page === 'trial' && shown !== undefined)
      return (
        <TrialPage
          campaign={campaign}
          trial={shown}
          attempts={attemptsOf(timing, shown.key)}
          host={hostOf(shown.key, driver.hosts)}
          log={logTail(shown.key)}
          rows={bodyRows}
          width={columns}
        />
      );
    return (
      <Stages
        snapshot={snapshot}
        history={history}
        running={running}
        selected={isRunning ? at.selected : null}
        soon={stopped ? 0 : slots}
        rows={bodyRows}
        width={columns}
        logTail={logTail}
      />
    );
  };

  return (
    <Box flexDirection="column" width={columns} height={rows} overflowY="hidden">
      {campaign.facts === null ? (
        <Line> preparing …</Line>
      ) : (
        <Header
          facts={campaign.facts}
          elapsed={elapsedSeconds(timing, stopped ? (timing.last ?? now) : now)}
          left={stopped ? null : left}
          state={driver.state}
          hosts={driver.hosts?.filter(({ workers }) => workers > 0).length}
          slots={slots === 0 || driver.state === 'gone' ? null : slots}
          width={columns}
        />
      )}
      {rows > 1 && (
        <Steps steps={stageSteps(campaign)} settled={settled} asked={campaign.asked.size} width={columns} />
      )}
      <Box flexDirection="column" height={bodyRows} overflowY="hidden">
        {page()}
      </Box>
      {rows > 2 && (
        <Footer
          state={driver.state}
          running={running.length}
          failed={failed.length}
          place={at.among === 'failed' && at.selected !== null ? failed.indexOf(at.selected) : -1}
          at={at}
          trial={isRunning && shown !== undefined ? trialName(campaign, shown) : ''}
          stoppable={isRunning}
          width={columns}
        />
      )}
    </Box>
  );
}
