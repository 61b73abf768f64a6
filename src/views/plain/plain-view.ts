import { detachableOutput } from '../detachable-output.js';
import type { CampaignSource } from '../model/campaign-source.js';
import {
  continueHistory,
  formatHistoryEntry,
  type HistoryCursor,
  type HistoryUpdate,
  joinHistory,
} from '../model/history.js';
import { type Clock, systemClock, throttledSource } from '../throttled-source.js';
import type { View, ViewStreams } from '../view.js';

/** Milliseconds between two looks at a campaign: a thousand reports a second are no reason for a thousand looks. */
const INTERVAL = 100;

/** Lines as things happen, for pipes, logs and CI: no colour, no cursor, nothing is ever drawn over. */
export function mountPlain(
  source: CampaignSource,
  streams: Pick<ViewStreams, 'stdout'>,
  clock: Clock = systemClock,
): View {
  const looks = throttledSource(source, clock, INTERVAL);
  const output = detachableOutput(streams.stdout, () => looks.close());
  const print = ({ lines, cursor }: HistoryUpdate): HistoryCursor => {
    if (lines.length > 0) output.write(`${lines.map(formatHistoryEntry).join('\n')}\n`);
    return cursor;
  };
  let cursor = print(joinHistory(looks.getSnapshot()));
  looks.subscribe(() => {
    cursor = print(continueHistory(looks.getSnapshot(), cursor));
  });
  return { unmount: () => looks.close() };
}
