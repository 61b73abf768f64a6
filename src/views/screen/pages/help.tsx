import type { ReactNode } from 'react';
import { cutText, fitText, wrapText } from '../../text/wrapped-text.js';
import { atPlaces, Line, StyledText } from '../widgets/line.js';
import { KEYS, SIGNS } from './help-entries.js';

const entries = [...KEYS, ...SIGNS];

/** Columns before a key or sign, and those that it takes. */
const INDENT = 1;
const SIGN_WIDTH = 14;

/** What the keys do and the signs mean. A meaning takes several lines as long as there is a line for each entry. */
export function Help({ rows, width }: { readonly rows: number; readonly width: number }): ReactNode {
  const room = width - INDENT - SIGN_WIDTH - 1;
  const wrapped = entries.map(([, meaning]) => wrapText(meaning, room));
  let spare = rows - entries.length;
  const lines = wrapped.flatMap((whole, i) => {
    const fits = whole.length - 1 <= spare;
    if (fits) spare -= whole.length - 1;
    const [sign, meaning] = entries[i] ?? ['', ''];
    const shown = fits ? whole : [cutText(meaning, room)];
    return shown.map((text, k) => ({ sign: k === 0 ? sign : '', text }));
  });
  const airy = rows > lines.length + 1;
  return (
    <>
      {airy && <Line />}
      {atPlaces(lines.slice(0, Math.max(0, rows))).map(({ place, item: { sign, text } }) => (
        <Line key={place}>
          {' '.repeat(INDENT)}
          <StyledText textStyle="strong">{fitText(sign, SIGN_WIDTH)}</StyledText>
          {text}
        </Line>
      ))}
      {airy && <Line />}
    </>
  );
}
