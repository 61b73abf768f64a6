import { Fragment, memo, type ReactNode } from 'react';
import { formatName } from '../../../campaign/format-setting.js';
import type { StageStep } from '../../model/stage-progress.js';
import { textWidth } from '../../text/wrapped-text.js';
import { Line, StyledText } from './line.js';
import type { TextStyle } from './text-style.js';

const marks = { done: '●', current: '◐', 'to-come': '○' } as const;
const tones: Readonly<Record<StageStep['state'], TextStyle>> = {
  done: 'good',
  current: 'strong',
  'to-come': 'quiet',
};

/** The stages of the method as a line of steps, and how many of the trials asked for are done. */
export const Steps = memo(function Steps(props: {
  readonly steps: readonly StageStep[];
  readonly settled: number;
  readonly asked: number;
  readonly width: number;
}): ReactNode {
  const { steps, settled, asked, width } = props;
  const counted = `${settled}/${asked} trials`;
  const room = width - 4 - textWidth(counted);
  const between = [' ── ', ' ─ ', ' '].find((gap) => lengthOf(steps, gap) <= room);
  const shown = between === undefined ? steps.filter(({ state }) => state === 'current').slice(0, 1) : steps;
  const gap = between ?? ' ';
  return (
    <Line>
      {' '}
      {shown.map((step, i) => (
        <Fragment key={step.stage}>
          {i > 0 && <StyledText textStyle="quiet">{gap}</StyledText>}
          <StyledText textStyle={tones[step.state]}>{stepText(step)}</StyledText>
        </Fragment>
      ))}
      {' '.repeat(Math.max(1, room + 2 - lengthOf(shown, gap)))}
      {counted}
    </Line>
  );
});

const stepText = ({ stage, state }: StageStep): string => `${marks[state]} ${formatName(stage)}`;

function lengthOf(steps: readonly StageStep[], between: string): number {
  return textWidth(steps.map(stepText).join(between));
}
