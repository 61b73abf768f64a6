import { join, relative } from 'node:path';
import { EventReplay } from '../../app/event-replay.js';
import { readSnapshot } from '../../app/journal-snapshot/journal-snapshot.js';
import { hostsOf, readWorkersFile, remoteMessage } from '../../app/remote/workers-file.js';
import { createWatchedSource, type WatchedSource } from '../../app/watched-source.js';
import { SingleEntries } from '../../campaign/reported-epochs.js';
import { parseCampaignEvent } from '../../journal/campaign-event.js';
import { journalFileName } from '../../journal/file-journal.js';
import { followJournal } from '../../journal/follow-journal.js';
import { takeEntry } from '../../journal/journal-errors.js';
import { JOURNAL_START } from '../../journal/journal-position.js';
import { lockHolder } from '../../journal/lock/lock-holder.js';
import { shellWord } from '../../text/shell-word.js';
import { exitCode, exitCodeOf } from '../exit-code.js';
import type { ViewName } from '../options.js';
import { folderSummary } from '../output/folder-summary.js';
import { defaultView, viewMounter } from '../output/mount-view.js';

interface WatchFlags {
  readonly view?: ViewName;
}

/**
 * Looks on while a campaign runs elsewhere, until it is concluded or the person has seen enough. Only reads: the
 * campaign does not notice. Ends as a run of the campaign would, and as well as can be where the person leaves.
 */
export async function watchCommand(folder: string, flags: WatchFlags): Promise<void> {
  const viewName = flags.view ?? defaultView(process.stdout, process.env);
  const feed = new EventReplay(viewName === 'json');
  const mountView = await viewMounter(viewName, feed);
  const source = createWatchedSource();
  const singles = new SingleEntries();
  const left = new AbortController();
  const leave = (): void => left.abort();
  const interrupt = (): void => {
    process.exitCode = exitCode.interrupted;
    leave();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  process.stdout.on('error', leave);
  let close: (() => void) | null = null;
  const open = (): void => {
    const view = mountView(
      source,
      { togglePause() {}, drain: leave, stopNow: leave, stopTrial() {} },
      folder,
    );
    close = () => view?.unmount();
  };
  const onCaughtUp = (): void => {
    tellDriver(source, folder);
    // Its conclusion may be in the snapshot.
    if (source.getSnapshot().campaign.conclusion !== null) leave();
    else if (close === null && source.getSnapshot().campaign.facts !== null) open();
  };
  // A function, since the compiler does not see that `open` may have been called.
  const closeView = (): void => close?.();
  try {
    const path = join(folder, journalFileName);
    // Programs want every event from the first.
    const snapshot = viewName === 'json' ? null : await readSnapshot(path);
    if (snapshot !== null) source.restore(snapshot);
    const from = snapshot?.position ?? JOURNAL_START;
    for await (const entries of followJournal(path, parseCampaignEvent, {
      signal: left.signal,
      onCaughtUp,
      from,
    })) {
      for (const entry of entries) {
        takeEntry(path, entry, source.take);
        for (const single of singles.of(entry)) feed.push(single);
      }
      if (entries.at(-1)?.event.type === 'campaign-concluded') break;
    }
    source.tell('ended', null);
    // Of a campaign that was concluded before there is only the summary to show, but programs want every event.
    if (close === null && viewName === 'json') open();
  } finally {
    closeView();
    for (const signal of signals) process.off(signal, interrupt);
  }
  const { campaign } = source.getSnapshot();
  if (campaign.conclusion !== null) process.exitCode = exitCodeOf(campaign);
  if (viewName === 'tui' || viewName === 'plain') process.stdout.write(await exitMessage(source, folder));
}

/** A run that has let go of the folder without a conclusion was interrupted, or has died. */
function tellDriver(source: WatchedSource, folder: string): void {
  if (lockHolder(folder) === 'gone') {
    source.tell(
      'gone',
      'No run is working on this campaign now. Start it again with the same command to resume.',
    );
    return;
  }
  const status = readWorkersFile(folder);
  if (status === null) source.tell('watching', null);
  else source.tell('watching', remoteMessage(status), { slots: status.slots, hosts: hostsOf(status) });
}

/** What stays in the scrollback. */
async function exitMessage(source: WatchedSource, folder: string): Promise<string> {
  const { campaign, timing } = source.getSnapshot();
  if (campaign.conclusion === null) {
    return `No longer watching. To watch again:\n\n  fitfirst watch ${shellWord(relative('', folder) || '.')}\n`;
  }
  return folderSummary({ campaign, folder, timing });
}
