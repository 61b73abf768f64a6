import { relative } from 'node:path';
import { createControls } from '../runner/controls.js';
import type { CampaignEntry } from '../runner/store.js';
import { mountJson } from '../views/plain/json-view.js';
import { mountPlain } from '../views/plain/plain-view.js';
import { mountScreen } from '../views/screen/mount-screen.js';
import { finalSummary } from '../views/summary/final-summary.js';
import { elapsedSeconds } from '../views/timing.js';
import type { View } from '../views/view.js';
import { exitCode, exitCodeOf } from './exit-code.js';
import type { LiveSource } from './live-source.js';
import { prepareCampaign } from './prepare-campaign.js';
import { type RunResult, runPrepared } from './run-config.js';
import { steerBySignals } from './signals.js';
import { describePrepared } from './validate.js';

/** What a run can show. */
export const viewNames = ['tui', 'plain', 'json', 'none'] as const;

type ViewName = (typeof viewNames)[number];

interface RunFlags {
  readonly workers?: number | 'auto';
  readonly out?: string;
  readonly view?: ViewName;
  readonly dryRun?: boolean;
  readonly fresh?: boolean;
}

/** Runs a campaign before a person's eyes. */
export async function runCommand(configPath: string, flags: RunFlags): Promise<void> {
  const prepared = await prepareCampaign(configPath);
  if (flags.dryRun) {
    process.stdout.write(`${describePrepared(prepared).join('\n')}\n`);
    return;
  }
  const viewName = flags.view ?? (process.stdout.isTTY && !process.env.CI ? 'tui' : 'plain');
  const controls = createControls();
  const feed = createFeed();
  let view: View | null = null;
  const releaseSignals = steerBySignals(controls, () => view?.unmount());
  const mount = (source: LiveSource): (() => void) => {
    const commands = {
      togglePause: () => controls.togglePause(),
      drain: () => (controls.draining.aborted ? controls.stop() : controls.drain()),
      stopNow: () => controls.stop(),
    };
    view = mountView(viewName, source, commands, feed);
    return () => view?.unmount();
  };
  try {
    const result = await runPrepared(prepared, { ...flags, controls, onEntry: feed.push, onOpen: mount });
    if (viewName === 'tui' || viewName === 'plain')
      process.stdout.write(closingWords(result, configPath, flags));
    process.exitCode = exitCodeOf(result.campaign);
  } finally {
    releaseSignals();
  }
}

function mountView(
  name: ViewName,
  source: LiveSource,
  commands: Parameters<typeof mountScreen>[1],
  feed: ReturnType<typeof createFeed>,
): View | null {
  switch (name) {
    case 'tui':
      return mountScreen(source, commands, process);
    case 'plain':
      return mountPlain(source, process);
    case 'json':
      return mountJson(feed, process);
    case 'none':
      return null;
    default:
      return name satisfies never;
  }
}

/** The entries of the journal for a listener that comes later: what was before is told at once. */
function createFeed() {
  let before: CampaignEntry[] = [];
  const listeners = new Set<(entry: CampaignEntry) => void>();
  return {
    push: (entry: CampaignEntry): void => {
      if (listeners.size === 0) before.push(entry);
      for (const listener of listeners) listener(entry);
    },
    subscribe(listener: (entry: CampaignEntry) => void): () => void {
      for (const entry of before) listener(entry);
      before = [];
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What stays in the scrollback. */
function closingWords(result: RunResult, configPath: string, flags: RunFlags): string {
  const { campaign, folder, snapshot } = result;
  const shown = relative('', folder) || '.';
  const width = process.stdout.columns ?? 100;
  const seconds = elapsedSeconds(snapshot.timing, Date.now());
  const summary = finalSummary(campaign, { width, folder: shown, seconds });
  if (exitCodeOf(campaign) !== exitCode.interrupted) return summary;
  const out = flags.out === undefined ? '' : ` --out ${flags.out}`;
  return `${summary}\nInterrupted; nothing that finished is lost. To go on:\n\n  fitfirst run ${configPath}${out}\n`;
}
