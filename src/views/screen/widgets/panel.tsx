import { Box } from 'ink';
import type { ReactNode } from 'react';
import { textWidth } from '../../text/text-width.js';
import { cutText } from '../../text/wrapped-text.js';
import { Line, StyledText } from './line.js';

/** Columns and rows that the frame of a panel takes. */
export const panelFrame = { columns: 4, rows: 2 };

/** Columns for the title of a panel without a note. */
export function titleRoom(width: number): number {
  return width - 7;
}

/** A part of a wide screen in a frame of its own, its title in the upper edge. */
export function Panel(props: {
  readonly title: string;
  /** Stands at the end of the upper edge; empty for nothing. */
  readonly note?: string;
  /** Frame included, like the rows. */
  readonly width: number;
  readonly rows: number;
  readonly children: ReactNode;
}): ReactNode {
  const { width, rows } = props;
  if (rows <= panelFrame.rows) return <Box width={width} height={Math.max(0, rows)} />;
  const room = titleRoom(width) + 1;
  const note = props.note === undefined || props.note === '' ? '' : cutText(` ${props.note} `, room - 12);
  const title = cutText(props.title, room - textWidth(note) - 1);
  const edge = '─'.repeat(Math.max(0, room + 1 - textWidth(title) - textWidth(note)));
  return (
    <Box flexDirection="column" width={width} height={rows}>
      <Line>
        <StyledText textStyle="quiet">╭─ </StyledText>
        <StyledText textStyle="strong">{title}</StyledText>
        <StyledText textStyle="quiet">{` ${edge}${note}╮`}</StyledText>
      </Line>
      <Box
        flexDirection="column"
        width={width}
        height={rows - 1}
        borderStyle="round"
        borderTop={false}
        borderDimColor
        paddingX={1}
        overflowY="hidden"
      >
        {props.children}
      </Box>
    </Box>
  );
}
