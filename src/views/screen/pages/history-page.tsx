import type { ReactNode } from 'react';
import type { HistoryLine } from '../widgets/history-lines.js';
import { Line, StyledText } from '../widgets/text-style.js';

/** All that happened, the end of it unless it is scrolled back. */
export function HistoryPage(props: {
  readonly lines: readonly HistoryLine[];
  /** Lines by which it is scrolled back. */
  readonly back: number;
  readonly rows: number;
}): ReactNode {
  const { lines, rows } = props;
  const end = Math.max(rows, lines.length - props.back);
  return <HistoryLines lines={lines.slice(Math.max(0, end - rows), end)} />;
}

/** Lines of the history, one under the other. */
export function HistoryLines({ lines }: { readonly lines: readonly HistoryLine[] }): ReactNode {
  return lines.map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is what stands at its place
    <Line key={i}>
      {line.map(([tone, text], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: and so is a piece of it
        <StyledText key={place} tone={tone}>
          {text}
        </StyledText>
      ))}
    </Line>
  ));
}
