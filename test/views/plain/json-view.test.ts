import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { CampaignEntry } from '../../../src/campaign/event.js';
import { mountJson } from '../../../src/views/plain/json-view.js';
import { dated, factsOf } from '../campaigns.js';

test('the entries of the journal come one a line', () => {
  const stream = new PassThrough();
  const listeners = new Set<(entry: CampaignEntry) => void>();
  const feed = {
    subscribe(listener: (entry: CampaignEntry) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const view = mountJson(feed, { stdout: stream as unknown as NodeJS.WriteStream });
  const entries = dated([
    { type: 'campaign-started', ...factsOf({ name: 'two\nlines' }) },
    { type: 'campaign-resumed' },
  ]);
  for (const entry of entries) for (const listener of listeners) listener(entry);
  view.unmount();
  const lines = String(stream.read()).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(entries);
  expect(listeners.size).toBe(0);
});
