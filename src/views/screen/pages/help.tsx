import type { ReactNode } from 'react';
import { cutText, fitText } from '../../text/wrapped-text.js';
import { Line, StyledText } from '../widgets/text-style.js';

const entries: readonly (readonly [sign: string, meaning: string])[] = [
  ['p', 'pause: no new trials start; again: resume'],
  ['q, Ctrl-C', 'running trials finish, then it stops; again: at once'],
  ['↑ ↓, Enter', 'select a running trial; its details and log; Esc: back'],
  ['f', 'the trials that failed, the last first: why, log; ↑ ↓ others'],
  ['k', 'stop the selected trial for good'],
  ['h', 'all that happened, decision by decision; ↑ ↓ scroll'],
  ['Ctrl-Z', 'to the shell; fg returns, after bg it runs on without a screen'],
  ['Ctrl-L', 'redraw the screen'],
  ['?', 'this help, and back'],
  ['● ◐ ○', 'stage done, running, to come'],
  ['✔ 3/3', 'fits on 3 of the 3 repeats that ran; ✗ does not; ◐ being tried'],
  ['├──●──┤', 'mean and standard error over repeats; ┊ is the baseline'],
  ['×4, 2/4', '4 repeats done; 2 of 4 done'],
  ['ahead', 'may be needed next, runs because a worker is free'],
  ['≥ 01:10', 'what is planned now takes so long; more may follow'],
];

/** What the keys do and the signs mean. */
export function Help({ rows, width }: { readonly rows: number; readonly width: number }): ReactNode {
  const airy = rows > entries.length + 1;
  return (
    <>
      {airy && <Line />}
      {entries.slice(0, Math.max(0, rows)).map(([sign, meaning]) => (
        <Line key={sign}>
          {'   '}
          <StyledText textStyle="strong">{fitText(sign, 11)}</StyledText>
          {cutText(meaning, width - 15)}
        </Line>
      ))}
      {airy && <Line />}
    </>
  );
}
