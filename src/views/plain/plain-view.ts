import type { CampaignSource } from '../campaign-source.js';
import { detachableOutput } from '../detachable-output.js';
import type { View, ViewStreams } from '../view.js';
import { firstLines, nextLines, type Saying } from './plain-lines.js';

/** Lines as things happen, for pipes, logs and CI: no colour, no cursor, nothing is ever drawn over. */
export function mountPlain(source: CampaignSource, streams: Pick<ViewStreams, 'stdout'>): View {
  let unsubscribe = (): void => {};
  const output = detachableOutput(streams.stdout, () => unsubscribe());
  const say = ({ lines, said }: Saying): Saying['said'] => {
    if (lines.length > 0) output.write(`${lines.join('\n')}\n`);
    return said;
  };
  let said = say(firstLines(source.getSnapshot()));
  const update = (): void => {
    said = say(nextLines(source.getSnapshot(), said));
  };
  unsubscribe = source.subscribe(update);
  return {
    unmount() {
      unsubscribe();
      if (!output.closed) update();
    },
  };
}
