import { Box } from 'ink';
import { type ReactNode, useMemo, useRef, useSyncExternalStore } from 'react';
import type { TrialKey } from '../../../campaign/trial.js';
import type { LogTail } from '../../log-tail.js';
import type { DriverState } from '../../model/campaign-source.js';
import { hostOf } from '../../model/host-status.js';
import { stageSteps } from '../../model/stage-progress.js';
import { secondsLeft } from '../../model/time-left.js';
import { elapsedSeconds } from '../../model/timing.js';
import type { Commands } from '../../view.js';
import { useTerminalSize } from '../terminal/terminal-size.js';
import { Footer } from '../widgets/footer.js';
import { Header } from '../widgets/header.js';
import { HistoryPage, historyLines } from '../widgets/history-lines.js';
import { failedTrials, runningTrials } from '../widgets/running-trials.js';
import { Steps } from '../widgets/stage-progress.js';
import { Line } from '../widgets/text-style.js';
import { TrialPage } from '../widgets/trial-details.js';
import { Help } from './help.js';
import { useKeys } from './keys.js';
import type { NavigationContext } from './navigation.js';
import type { ScreenSource } from './screen-source.js';
import { Stages } from './stages.js';

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
  const { snapshot, history, open, settled, now } = useSyncExternalStore(
    source.subscribe,
    source.getSnapshot,
  );
  const { columns, rows } = useTerminalSize(props.terminal);
  const { campaign, timing, driver } = snapshot;
  const running = runningTrials(campaign, timing);
  const failed = failedTrials(campaign, timing);
  // As it was drawn last: a person scrolls what is seen.
  const scrolled = useRef({ lines: 0, seen: 0 });
  const around = (): NavigationContext => {
    const latest = source.getSnapshot().snapshot;
    const keys = runningTrials(latest.campaign, latest.timing).map(({ trial }) => trial.key);
    const failed = failedTrials(latest.campaign, latest.timing);
    return { running: keys, failed, history: scrolled.current };
  };
  const at = useKeys(props, around);
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
  scrolled.current = { lines: lines.length, seen: Math.max(1, bodyRows - 2) };

  const page = (): ReactNode => {
    if (at.page === 'help') return <Help rows={bodyRows} width={columns} />;
    if (at.page === 'history')
      return (
        <Box flexDirection="column" paddingX={1} marginY={1}>
          <HistoryPage lines={lines} back={at.back} rows={scrolled.current.seen} />
        </Box>
      );
    if (at.page === 'trial' && shown !== undefined)
      return (
        <TrialPage
          campaign={campaign}
          trial={shown}
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
        soon={stopped ? 0 : Math.min(slots, open.length)}
        rows={bodyRows}
        width={columns}
        logTail={logTail}
      />
    );
  };

  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {campaign.facts === null ? (
        <Line> preparing …</Line>
      ) : (
        <Header
          facts={campaign.facts}
          elapsed={elapsedSeconds(timing, stopped ? (timing.last ?? now) : now)}
          left={stopped ? null : secondsLeft(campaign, timing, open, slots)}
          hosts={driver.hosts?.filter(({ workers }) => workers > 0).length}
          slots={slots === 0 || driver.state === 'gone' ? null : slots}
          width={columns}
        />
      )}
      {rows > 1 && (
        <Steps steps={stageSteps(campaign)} settled={settled} asked={campaign.asked.size} width={columns} />
      )}
      <Box flexDirection="column" height={bodyRows} overflow="hidden">
        {page()}
      </Box>
      {rows > 2 && (
        <Footer
          state={driver.state}
          running={running.length}
          failed={failed.length}
          place={at.page === 'trial' && at.selected !== null ? failed.indexOf(at.selected) : -1}
          at={at}
          stoppable={isRunning}
          width={columns}
        />
      )}
    </Box>
  );
}
