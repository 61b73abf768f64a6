import { createContext } from 'react';

/** What a piece of text means; the look follows from it. */
export type TextStyle = 'plain' | 'strong' | 'quiet' | 'good' | 'bad' | 'accent' | 'warning';

/** False where the user asked for no colour (`NO_COLOR`). */
export const ColourContext = createContext(true);

const ESCAPE = '\u001b[';
const NONE = ['', ''] as const;
const BOLD = [`${ESCAPE}1m`, `${ESCAPE}22m`] as const;
const DIM = [`${ESCAPE}2m`, `${ESCAPE}22m`] as const;
const colour = (code: number) => [`${ESCAPE}${code}m`, `${ESCAPE}39m`] as const;
const [RED, GREEN, MAGENTA, CYAN] = [colour(31), colour(32), colour(35), colour(36)];

/**
 * What to write before and after a text of this meaning. Colours are those of the terminal's own sixteen that can be
 * read on dark and on light ground; a sign, a word or the weight carries every meaning as well.
 */
export function escapeCodes(textStyle: TextStyle, coloured: boolean): readonly [open: string, close: string] {
  switch (textStyle) {
    case 'plain':
      return NONE;
    case 'strong':
      return BOLD;
    case 'quiet':
      return DIM;
    case 'good':
      return coloured ? GREEN : BOLD;
    case 'bad':
      return coloured ? RED : NONE;
    case 'accent':
      return coloured ? CYAN : NONE;
    case 'warning':
      return coloured ? [MAGENTA[0] + BOLD[0], BOLD[1] + MAGENTA[1]] : BOLD;
    default:
      return textStyle satisfies never;
  }
}
