import type { ReactNode } from 'react';
import { escapeControls } from '../../../text/quote.js';
import type { Snapshot } from '../../model/campaign-source.js';
import { cutText, wrapText } from '../../text/wrapped-text.js';
import { Line, StyledText } from './line.js';
import type { TextStyle } from './text-style.js';

/** What is being done and why, in lines. */
export interface WrappedSentence {
  readonly lines: readonly string[];
  readonly textStyle: TextStyle;
}

/** What the driver has to say goes before the method's own sentence. */
export function sentenceOf({ campaign, driver }: Snapshot, width: number): WrappedSentence {
  const because = campaign.conclusion?.because ?? campaign.batches.last()?.because ?? '';
  const text = escapeControls(driver.message ?? because);
  return {
    lines: text === '' ? [] : wrapText(text, width - 2),
    textStyle: driver.message === null ? 'plain' : 'warning',
  };
}

/** As many of the lines as there are rows; the last says where there were more. */
export function Sentence({
  lines,
  textStyle,
  rows,
  width,
}: WrappedSentence & { readonly rows: number; readonly width: number }): ReactNode {
  const shown =
    lines.length <= rows
      ? lines
      : lines.slice(0, rows).map((line, i) => (i === rows - 1 ? `${cutText(line, width - 3)}…` : line));
  return shown.map((line) => (
    <Line key={line}>
      {' '}
      <StyledText textStyle={textStyle}>{line}</StyledText>
    </Line>
  ));
}
