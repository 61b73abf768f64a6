import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FileJournal } from '../../src/journal/file-journal.js';
import { type FollowOptions, followJournal } from '../../src/journal/follow-journal.js';
import type { Entry } from '../../src/journal/journal.js';
import { type ExampleEvent, identity, noted, now, parseExampleEvent } from './example-event.js';
import { temporaryFolder } from './temporary-folder.js';

const oneHour = 3_600_000;

async function openJournal(folder: string): Promise<FileJournal<ExampleEvent>> {
  const journal = await FileJournal.open({ folder, identity, parseEvent: parseExampleEvent, now });
  onTestFinished(() => journal[Symbol.asyncDispose]());
  return journal;
}

function follow(path: string, options: FollowOptions): AsyncGenerator<Entry<ExampleEvent>, void> {
  const entries = eachOf(followJournal(path, parseExampleEvent, options));
  onTestFinished(async () => {
    await entries.return();
  });
  return entries;
}

async function* eachOf<Item>(portions: AsyncGenerator<readonly Item[], void>): AsyncGenerator<Item, void> {
  for await (const portion of portions) yield* portion;
}

async function nextText(entries: AsyncGenerator<Entry<ExampleEvent>, void>): Promise<string | null> {
  const next = await entries.next();
  return next.done === true ? null : next.value.event.text;
}

describe.each([
  { how: 'told by the operating system', pollMilliseconds: oneHour, events: true },
  { how: 'by looking again and again', pollMilliseconds: 5, events: false },
])('following a journal, $how', (means) => {
  test('gives what there is, then what is written, until the signal is aborted', async () => {
    const folder = temporaryFolder();
    const journal = await openJournal(folder);
    await journal.append(noted('before'));
    const controller = new AbortController();
    const entries = follow(join(folder, 'journal.jsonl'), { ...means, signal: controller.signal });
    expect(await nextText(entries)).toBe('before');
    for (const text of ['one', 'two', 'three']) {
      const next = nextText(entries);
      await journal.append(noted(text));
      expect(await next).toBe(text);
    }
    const end = nextText(entries);
    controller.abort();
    expect(await end).toBe(null);
  });

  test('says when all that is there has been handed out, and again after more', async () => {
    const folder = temporaryFolder();
    const journal = await openJournal(folder);
    for (const text of ['one', 'two']) await journal.append(noted(text));
    const heard: string[] = [];
    const controller = new AbortController();
    const onCaughtUp = (): void => {
      const last = heard.at(-1);
      heard.push('caught up');
      if (last === 'two') void journal.append(noted('three'));
      if (last === 'three') controller.abort();
    };
    const entries = follow(join(folder, 'journal.jsonl'), {
      ...means,
      signal: controller.signal,
      onCaughtUp,
    });
    for await (const { event } of entries) heard.push(event.text);
    const told = heard.filter((word, i) => word !== heard[i - 1]);
    expect(told).toEqual(['one', 'two', 'caught up', 'three', 'caught up']);
  });

  test('begins with a file that has no first line yet', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.jsonl');
    writeFileSync(path, '{"form');
    const entries = follow(path, { ...means, signal: AbortSignal.timeout(oneHour) });
    const first = nextText(entries);
    const journal = await openJournal(folder);
    await journal.append(noted('first'));
    expect(await first).toBe('first');
  });

  test('waits for the end of a line that is being written, and for another in the place of a torn one', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.jsonl');
    {
      await using journal = await openJournal(folder);
      await journal.append(noted('first'));
      await journal.append(noted('second'));
    }
    const whole = readFileSync(path);
    truncateSync(path, whole.length - 10);
    const entries = follow(path, { ...means, signal: AbortSignal.timeout(oneHour) });
    expect(await nextText(entries)).toBe('first');
    const next = nextText(entries);
    appendFileSync(path, whole.subarray(whole.length - 10, whole.length - 5));
    const journal = await openJournal(folder);
    await journal.append(noted('another second'));
    expect(await next).toBe('another second');
  });
});

describe('following a journal', () => {
  const often: FollowOptions = { pollMilliseconds: 5, signal: AbortSignal.timeout(oneHour) };

  test('refuses a line that stays damaged, with its number', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'journal.jsonl');
    const journal = await openJournal(folder);
    await journal.append(noted('first'));
    appendFileSync(path, `{"seq":2,${'x'.repeat(40)}\n`);
    const entries = follow(path, often);
    expect(await nextText(entries)).toBe('first');
    await expect(nextText(entries)).rejects.toThrow(`${path}:3: this line has the checksum`);
  });

  test('says so when the folder is moved away', async () => {
    const folder = join(temporaryFolder(), 'digits');
    const path = join(folder, 'journal.jsonl');
    const journal = await openJournal(folder);
    await journal.append(noted('first'));
    const entries = follow(path, often);
    expect(await nextText(entries)).toBe('first');
    const next = nextText(entries);
    renameSync(folder, `${folder}-old`);
    await expect(next).rejects.toMatchObject({ code: 'CAMPAIGN_MISSING' });
    await expect(next).rejects.toThrow('was moved away or replaced');
  });

  test('needs a journal', async () => {
    await expect(nextText(follow(join(temporaryFolder(), 'journal.jsonl'), often))).rejects.toMatchObject({
      code: 'CAMPAIGN_MISSING',
    });
  });

  test('is over at once when the signal is aborted already', async () => {
    const folder = temporaryFolder();
    await openJournal(folder);
    const entries = follow(join(folder, 'journal.jsonl'), { signal: AbortSignal.abort() });
    expect(await nextText(entries)).toBe(null);
  });
});
