import type { EventReplay } from '../../app/event-replay.js';
import type { CampaignSource } from '../../views/model/campaign-source.js';
import { mountJson } from '../../views/plain/json-view.js';
import { mountPlain } from '../../views/plain/plain-view.js';
import { loadScreen } from '../../views/screen/terminal/load-screen.js';
import type { Commands, View } from '../../views/view.js';
import type { ViewName } from '../options.js';
import { logTail } from './log-tail.js';

/** The screen on a terminal that can be drawn on, otherwise plain lines. */
export function defaultView(stdout: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): ViewName {
  return stdout.isTTY && !environment.CI && environment.TERM !== 'dumb' ? 'tui' : 'plain';
}

/** Loads what a view needs and returns the function that mounts it. */
export async function viewMounter(
  name: ViewName,
  feed: EventReplay,
): Promise<(source: CampaignSource, commands: Commands, folder: string) => View | null> {
  switch (name) {
    case 'tui': {
      const mountScreen = await loadScreen();
      return (source, commands, folder) =>
        mountScreen(source, commands, process, { logTail: (trial) => logTail(folder, trial) });
    }
    case 'plain':
      return (source) => mountPlain(source, process);
    case 'json':
      return () => mountJson(feed, process);
    case 'none':
      return () => null;
    default:
      return name satisfies never;
  }
}
