import { fstatSync } from 'node:fs';
import { EventReplay } from '../../app/event-replay.js';
import type { LiveSource } from '../../app/live-source.js';
import type { RunConfigOptions } from '../../app/run-config.js';
import type { CampaignEntry } from '../../campaign/event.js';
import type { TrialKey } from '../../campaign/trial.js';
import { displayPath } from '../../platform/display-path.js';
import { createControls } from '../../runner/controls.js';
import { shellWord } from '../../text/shell-word.js';
import type { View } from '../../views/view.js';
import type { ViewName } from '../options.js';
import { steerBySignals } from '../signals.js';
import { viewMounter } from './mount-view.js';

/** What a run is shown with. */
type ShownOptions = Required<Pick<RunConfigOptions, 'controls' | 'onOpen'>> &
  Pick<RunConfigOptions, 'onEntry'>;

/** Runs a campaign with a view that shows it, keys and signals that steer it. */
export async function shownRun<Result>(
  viewName: ViewName,
  folder: string,
  run: (options: ShownOptions) => Promise<Result>,
): Promise<Result> {
  const controls = createControls();
  const feed = new EventReplay(viewName === 'json');
  const mountView = await viewMounter(viewName, feed);
  let view: View | null = null;
  const releaseSignals = steerBySignals(controls, () => {
    // A log in a file outlives the terminal.
    if (!isFile(process.stdout.fd)) view?.unmount();
    const log = viewName === 'json' ? process.stderr : process.stdout;
    log.write(hangupMessage(folder));
  });
  const mount = (source: LiveSource, opened: string): (() => void) => {
    const commands = {
      togglePause: () => controls.togglePause(),
      drain: () => (controls.draining.aborted ? controls.stop() : controls.drain()),
      stopNow: () => controls.stop(),
      stopTrial: (trial: TrialKey) => controls.stopTrial(trial),
    };
    // A screen of a campaign that is concluded would be gone at once.
    if (viewName === 'tui' && source.getSnapshot().campaign.conclusion !== null) return () => {};
    view = mountView(source, commands, opened);
    return () => view?.unmount();
  };
  const onEntry = viewName === 'json' && { onEntry: (entry: CampaignEntry) => feed.push(entry) };
  try {
    return await run({ controls, ...onEntry, onOpen: mount });
  } finally {
    releaseSignals();
  }
}

/** What a log says after SIGHUP. */
function hangupMessage(folder: string): string {
  return (
    'The terminal closed (SIGHUP). The campaign continues.\n' +
    `  To follow it:  fitfirst watch ${shellWord(displayPath(folder))}\n` +
    `  To stop it:    kill ${process.pid}\n`
  );
}

function isFile(descriptor: number): boolean {
  return fstatSync(descriptor).isFile();
}
