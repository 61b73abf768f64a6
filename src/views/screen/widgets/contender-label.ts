import { formatColumnMean } from '../../../text/number.js';
import type { Contender } from '../../model/leaderboard.js';
import { cutText } from '../../text/wrapped-text.js';

/** The adjusted mean of a setting and its standard error; empty before its first repeat has ended. */
export function numberOf({ adjusted, standardError }: Contender): string {
  return adjusted === null ? '' : formatColumnMean(adjusted, standardError);
}

/** Columns from which `10 stopped early` has room. */
const MIN_EARLY = 16;

/** What there is to say of a setting, the most important first, as far as there is room. */
export function noteOf(contender: Contender, room: number): string {
  const { best, baseline, onFront, epochs, hasOwnLength, ended, asked, running } = contender;
  const { failed, diverged, stoppedEarly } = contender;
  const stopped = `${asked === 1 ? '' : `${stoppedEarly} `}stopped`;
  const words = [
    ...(best ? ['best'] : []),
    ...(baseline ? ['baseline'] : []),
    ...(onFront ? ['front'] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(diverged > 0 ? [`${diverged} diverged`] : []),
    ...(stoppedEarly > 0 ? [room < MIN_EARLY ? stopped : `${stopped} early`] : []),
    ...(hasOwnLength ? [`${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`] : []),
    ended < asked ? `${ended}/${asked}` : `×${asked}`,
    ...(running > 0 ? ['running'] : []),
  ];
  while (words.length > 1 && words.join(' ').length > room) words.pop();
  return cutText(words.join(' '), room);
}
