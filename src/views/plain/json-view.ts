import type { CampaignEntry } from '../../campaign/event.js';
import { detachableOutput } from '../detachable-output.js';
import type { View, ViewStreams } from '../view.js';

/** Where the JSON view gets the entries of the journal, in order. */
interface EventReplay {
  subscribe(listener: (entry: CampaignEntry) => void): () => void;
}

/** One event a line, as JSON: the entries of the journal as they come, for other programs. */
export function mountJson(feed: EventReplay, streams: Pick<ViewStreams, 'stdout'>): View {
  let unsubscribe = (): void => {};
  const output = detachableOutput(streams.stdout, () => unsubscribe());
  unsubscribe = feed.subscribe(({ seq, at, event }) =>
    output.write(`${JSON.stringify({ seq, at, event })}\n`),
  );
  return { unmount: () => unsubscribe() };
}
