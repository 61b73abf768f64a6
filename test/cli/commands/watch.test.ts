import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/campaign/event.js';
import { parseCampaignEvent } from '../../../src/journal/campaign-event.js';
import { FileJournal } from '../../../src/journal/file-journal.js';
import { emptyFolder, fitfirst, start } from '../../support/command-line.js';
import { scriptedEvents } from '../../views/scripted-campaign.js';
import { scriptOf } from '../../views/scripts.js';

const events = [...scriptedEvents(scriptOf({ epochs: 5 }))].map(({ event }) => event);
const half = Math.floor(events.length / 2);

/** A campaign that this process runs, as far as its journal and its lock tell. */
async function runHere(folder: string, some: readonly StoredEvent[]): Promise<FileJournal<StoredEvent>> {
  const journal = await FileJournal.open<StoredEvent>({
    folder,
    identity: { engine: 'test', config: 'c', data: null },
    parseEvent: parseCampaignEvent,
    now: () => new Date(),
  });
  await append(journal, some);
  return journal;
}

async function append(journal: FileJournal<StoredEvent>, some: readonly StoredEvent[]): Promise<void> {
  for (const event of some) void journal.append(event);
  await journal.flush();
}

describe('watching a campaign that runs elsewhere', () => {
  it('tells what happens there, and ends with it and its summary', async () => {
    await using folder = await emptyFolder();
    await using journal = await runHere(folder.path, events.slice(0, half));
    const watch = start(folder.path, ['watch', '.', '--view', 'plain']);
    await watch.says('Resuming');
    await append(journal, events.slice(half));
    const { code, stdout } = await watch.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/finished: .*, repeat \d/);
    expect(stdout).toMatch(/^ {2}Chosen {6}hidden 128, dropout 0.35/m);
    expect(stdout).not.toContain('No run is working');
  });

  it('is left with Ctrl-C, and says how to come back', async () => {
    await using folder = await emptyFolder();
    await using _ = await runHere(folder.path, events.slice(0, half));
    const watch = start(folder.path, ['watch', '.', '--view', 'plain']);
    await watch.says('Resuming');
    watch.child.kill('SIGINT');
    const { code, stdout } = await watch.ended;
    expect(code).toBe(130);
    expect(stdout).toContain('fitfirst watch .');
  });

  it('says when the run is gone, and continues when the campaign is resumed', async () => {
    await using folder = await emptyFolder();
    const first = await runHere(folder.path, events.slice(0, half));
    const watch = start(folder.path, ['watch', '.', '--view', 'plain']);
    await watch.says('Resuming');
    await first[Symbol.asyncDispose]();
    await watch.says('No run is working');
    await using second = await runHere(folder.path, []);
    await append(second, events.slice(half));
    const { code, stdout } = await watch.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('Chosen');
  });

  it('shows of a concluded campaign the summary, and as JSON all of its events', async () => {
    await using folder = await emptyFolder();
    await using _ = await runHere(folder.path, events);
    const watched = await fitfirst(folder.path, 'watch', '.');
    expect(watched.code).toBe(0);
    expect(watched.stdout).toMatch(/^digits · fit first\n/);
    const json = await fitfirst(folder.path, 'watch', '.', '--view', 'json');
    expect(json.stdout.trimEnd().split('\n')).toHaveLength(events.length);
  });

  it('needs a folder with a journal, and says so', async () => {
    await using folder = await emptyFolder();
    const refused = await fitfirst(folder.path, 'watch', 'nowhere');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/nowhere.*journal/s);
    expect(refused.stderr).not.toMatch(/ {4}at /);
  });
});
