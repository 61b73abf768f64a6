import { Box } from 'ink';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import type { TrialKey } from '../../campaign/trial.js';
import type { DriverState } from '../campaign-source.js';
import { stageSteps } from '../stage-steps.js';
import { secondsLeft } from '../time-left.js';
import { elapsedSeconds } from '../timing.js';
import type { Commands } from '../view.js';
import { Body } from './body.js';
import { Footer } from './footer.js';
import { Header } from './header.js';
import { Help } from './help.js';
import { History } from './history.js';
import { useKeys } from './keys.js';
import { runningTrials } from './running-trials.js';
import type { ScreenSource } from './screen-source.js';
import { Steps } from './steps.js';
import { useTerminalSize } from './terminal-size.js';
import { Line } from './tone.js';
import { TrialDetails } from './trial-details.js';

/** What the screen is drawn from, and what its keys do. */
interface ScreenProps {
  readonly source: ScreenSource;
  readonly commands: Commands;
  readonly terminal: NodeJS.WriteStream;
  readonly logTail: (trial: TrialKey) => readonly string[];
  /** What the driver does at this very moment. */
  readonly driverState: () => DriverState;
}

/** The whole screen: what has happened scrolls up, what is going on stands below. */
export function Screen({ source, commands, terminal, logTail, driverState }: ScreenProps): ReactNode {
  const { snapshot, history, open, settled, now } = useSyncExternalStore(
    source.subscribe,
    source.getSnapshot,
  );
  const { columns, rows } = useTerminalSize(terminal);
  const [help, setHelp] = useState(false);
  const { campaign, timing, driver } = snapshot;
  const running = runningTrials(campaign, timing);
  const ended = driver.state === 'ended';
  const runningNow = (): TrialKey[] => {
    const latest = source.getSnapshot().snapshot;
    return runningTrials(latest.campaign, latest.timing).map(({ trial }) => trial.key);
  };
  const chosen = useKeys(driverState, commands, runningNow, () => setHelp((shown) => !shown));
  const isRunning = running.some(({ trial }) => trial.key === chosen?.trial);
  // The details of a trial that has ended meanwhile stay; a mark on its row cannot.
  const focus = isRunning || chosen?.details === true ? chosen : null;
  const detailed = focus?.details === true && !ended ? campaign.trials.get(focus.trial) : undefined;
  const height = heightFor(rows);
  const slots = driver.slots ?? running.length;
  const stopped = ended || driver.state === 'gone';
  return (
    <>
      <History items={history} width={columns} />
      <Box flexDirection="column" width={columns}>
        {campaign.facts === null ? (
          <Line> preparing …</Line>
        ) : (
          <Header
            facts={campaign.facts}
            elapsed={elapsedSeconds(timing, stopped ? (timing.last ?? now) : now)}
            left={stopped ? null : secondsLeft(campaign, timing, open, slots)}
            slots={driver.slots}
            width={columns}
          />
        )}
        {height > 1 && (
          <Steps steps={stageSteps(campaign)} settled={settled} asked={campaign.asked.size} width={columns} />
        )}
        {help ? (
          <Help rows={height - 3} width={columns} />
        ) : detailed !== undefined ? (
          <TrialDetails
            campaign={campaign}
            trial={detailed}
            log={logTail(detailed.key)}
            rows={height - 3}
            width={columns}
          />
        ) : (
          <Body
            snapshot={snapshot}
            running={ended ? [] : running}
            selected={focus?.trial ?? null}
            soon={stopped ? 0 : Math.min(driver.slots ?? 0, open.length)}
            rows={height - 3}
            width={columns}
          />
        )}
        {height > 2 && !ended && (
          <Footer
            state={driver.state}
            running={running.length}
            focus={focus}
            stoppable={isRunning}
            width={columns}
          />
        )}
      </Box>
    </>
  );
}

/** One row stays free for the cursor; where there is plenty, a few more show what happened last. */
function heightFor(rows: number): number {
  return Math.max(1, rows >= 30 ? rows - 4 : rows - 1);
}
