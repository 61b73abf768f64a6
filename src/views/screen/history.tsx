import { Static } from 'ink';
import type { ReactNode } from 'react';
import type { ChronicleLine } from '../chronicle.js';
import type { TrialInWords } from '../trial-in-words.js';
import { wrapText } from '../wrapped-text.js';
import type { HistoryItem } from './screen-source.js';
import { Line, type Tone, Toned } from './tone.js';

/** What has happened, scrolling up above the screen. */
export function History(props: {
  readonly items: readonly HistoryItem[];
  readonly width: number;
}): ReactNode {
  return (
    <Static items={[...props.items]}>
      {({ id, line }) => <Happened key={id} line={line} width={props.width} />}
    </Static>
  );
}

function Happened({ line, width }: { readonly line: ChronicleLine; readonly width: number }): ReactNode {
  switch (line.kind) {
    case 'trial':
      return <EndedTrial {...line} />;
    case 'plan':
      return <Sentence first={` ${line.stage}: `} text={line.text} width={width} tone="strong" />;
    case 'finding':
      return <Sentence first="   → " text={line.text} width={width} tone="plain" />;
    case 'headline':
    case 'progress':
    case 'message':
    case 'conclusion':
      return <Sentence first=" " text={line.text} width={width} tone="strong" />;
    default:
      return line satisfies never;
  }
}

function EndedTrial({
  mark,
  number,
  how,
  setting,
  result,
}: TrialInWords & { readonly number: number }): ReactNode {
  return (
    <Line>
      {'   '}
      <Toned tone={toneOf(mark)}>{mark}</Toned>
      {` #${number} ${how} `}
      <Toned tone="quiet">{setting}</Toned>
      {`  ${result}`}
    </Line>
  );
}

function toneOf(mark: TrialInWords['mark']): Tone {
  switch (mark) {
    case '✔':
      return 'good';
    case '✗':
      return 'quiet';
    case '!':
    case '■':
      return 'warning';
    default:
      return mark satisfies never;
  }
}

function Sentence(props: {
  readonly first: string;
  readonly text: string;
  readonly width: number;
  readonly tone: Tone;
}): ReactNode {
  const indent = Math.min(props.first.length, 5);
  const start = props.first.length - props.first.trimStart().length;
  const lines = wrapText(`${props.first.trimStart()}${props.text}`, props.width - indent - 1);
  return (
    <Toned tone={props.tone}>
      {lines.map((line, i) => ' '.repeat(i === 0 ? start : indent) + line).join('\n')}
    </Toned>
  );
}
