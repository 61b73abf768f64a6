import type { ReactNode } from 'react';
import { cutText, fitText } from '../../text/wrapped-text.js';
import { Line, StyledText } from '../widgets/line.js';
import { KEYS, SIGNS } from './help-entries.js';

const entries = [...KEYS, ...SIGNS];

/** What the keys do and the signs mean. */
export function Help({ rows, width }: { readonly rows: number; readonly width: number }): ReactNode {
  const airy = rows > entries.length + 1;
  return (
    <>
      {airy && <Line />}
      {entries.slice(0, Math.max(0, rows)).map(([sign, meaning]) => (
        <Line key={sign}>
          {'   '}
          <StyledText textStyle="strong">{fitText(sign, 13)}</StyledText>
          {cutText(meaning, width - 17)}
        </Line>
      ))}
      {airy && <Line />}
    </>
  );
}
