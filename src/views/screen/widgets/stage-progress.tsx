import { Fragment, memo, type ReactNode } from 'react';
import { formatName } from '../../../campaign/format-setting.js';
import type { StageStep } from '../../model/stage-progress.js';
import { textWidth } from '../../text/text-width.js';
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
  const { shown, gap } = shownSteps(steps, room);
  return (
    <Line>
      {' '}
      {shown.map((step, i) => (
        <Fragment key={step.stage}>
          {i > 0 && <StyledText textStyle="quiet">{gap}</StyledText>}
          <StyledText textStyle={tones[step.state]}>{step.text}</StyledText>
        </Fragment>
      ))}
      {' '.repeat(Math.max(1, room + 2 - lengthOf(shown, gap)))}
      {counted}
    </Line>
  );
});

interface ShownStep extends StageStep {
  readonly text: string;
}

/** All stages by name; without room, only the current one has its name; without room for that, it stands alone. */
function shownSteps(
  steps: readonly StageStep[],
  room: number,
): { readonly shown: readonly ShownStep[]; readonly gap: string } {
  const named = steps.map((step) => ({ ...step, text: `${marks[step.state]} ${formatName(step.stage)}` }));
  const isCurrent = ({ state }: StageStep): boolean => state === 'current';
  const marked = named.map((step) => (isCurrent(step) ? step : { ...step, text: marks[step.state] }));
  const ways = [
    { shown: named, gap: ' ── ' },
    { shown: named, gap: ' ─ ' },
    { shown: named, gap: ' ' },
    { shown: marked, gap: ' ' },
  ];
  const fits = ways.find(({ shown, gap }) => lengthOf(shown, gap) <= room);
  return fits ?? { shown: named.filter(isCurrent), gap: ' ' };
}

function lengthOf(steps: readonly ShownStep[], gap: string): number {
  return textWidth(steps.map(({ text }) => text).join(gap));
}
