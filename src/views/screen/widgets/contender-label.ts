import { formatColumnMean } from '../../../text/number.js';
import type { Contender } from '../../model/leaderboard.js';
import { cutText } from '../../text/wrapped-text.js';

/** The adjusted mean of a setting and its standard error; empty before its first repeat has ended. */
export function numberOf({ adjusted, standardError }: Contender): string {
  return adjusted === null ? '' : formatColumnMean(adjusted, standardError);
}

/** What there is to say of a setting, the most important first, as far as there is room. */
export function noteOf(contender: Contender, room: number): string {
  const { best, baseline, onFront, epochs, hasOwnLength, ended, asked, running } = contender;
  const { failed, diverged, stoppedEarly } = contender;
  const words = [
    ...(best ? ['best'] : []),
    ...(baseline ? ['baseline'] : []),
    ...(onFront ? ['front'] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(diverged > 0 ? [`${diverged} diverged`] : []),
    ...(stoppedEarly > 0 ? [`${asked === 1 ? '' : `${stoppedEarly} `}stopped early`] : []),
    ...(hasOwnLength ? [`${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`] : []),
    ended < asked ? `${ended}/${asked}` : `×${asked}`,
    ...(running > 0 ? ['running'] : []),
  ];
  while (words.length > 1 && words.join(' ').length > room) words.pop();
  return cutText(words.join(' '), room);
}
