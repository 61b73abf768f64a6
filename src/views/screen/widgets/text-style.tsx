import { Text } from 'ink';
import { createContext, type ReactNode, useContext } from 'react';

/** What a piece of text means; the look follows from it. */
export type TextStyle = 'plain' | 'strong' | 'quiet' | 'good' | 'bad' | 'accent' | 'warning';

/** False where the user asked for no colour (`NO_COLOR`). */
export const ColourContext = createContext(true);

/**
 * Text with a meaning. Colours are those of the terminal's own sixteen that can be read on dark and on light ground;
 * a sign, a word or the weight carries every meaning as well.
 */
export function StyledText({
  textStyle,
  children,
}: {
  readonly textStyle: TextStyle;
  readonly children: ReactNode;
}): ReactNode {
  const coloured = useContext(ColourContext);
  return <Text {...lookOf(textStyle, coloured)}>{children}</Text>;
}

interface Look {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
}

function lookOf(textStyle: TextStyle, coloured: boolean): Look {
  switch (textStyle) {
    case 'plain':
      return {};
    case 'strong':
      return { bold: true };
    case 'quiet':
      return { dimColor: true };
    case 'good':
      return coloured ? { color: 'green' } : { bold: true };
    case 'bad':
      return coloured ? { color: 'red' } : {};
    case 'accent':
      return coloured ? { color: 'cyan' } : {};
    case 'warning':
      return coloured ? { color: 'magenta', bold: true } : { bold: true };
    default:
      return textStyle satisfies never;
  }
}

/** One line of the screen, cut at the edge of the terminal should it ever be longer. */
export function Line({ children }: { readonly children?: ReactNode }): ReactNode {
  return <Text wrap="truncate">{children ?? ' '}</Text>;
}

/** Lines, or pieces of a line, with their places: what is drawn at a place is what Ink compares with the last frame. */
export function atPlaces<T>(items: readonly T[]): { readonly place: number; readonly item: T }[] {
  return items.map((item, place) => ({ place, item }));
}
