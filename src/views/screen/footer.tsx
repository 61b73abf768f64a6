import { memo, type ReactNode } from 'react';
import { count } from '../../campaign/wording.js';
import type { DriverState } from '../campaign-source.js';
import { cutText } from '../wrapped-text.js';
import type { Focus } from './focus.js';
import { canStop } from './keys.js';
import { Line, type Tone, Toned } from './tone.js';

/** What the driver is doing where that is not the usual, and what the keys do now. */
export const Footer = memo(function Footer(props: {
  readonly state: DriverState;
  readonly running: number;
  readonly focus: Focus | null;
  /** Whether the selected trial runs. */
  readonly stoppable: boolean;
  readonly width: number;
}): ReactNode {
  const [tone, state, keys] = footerOf(props.state, props.running, props.focus, props.stoppable);
  const room = props.width - 2;
  const said = cutText(state, room);
  return (
    <Line>
      {' '}
      <Toned tone={tone}>{said}</Toned>
      <Toned tone="quiet">{cutText(`${state === '' ? '' : ' · '}${keys}`, room - said.length)}</Toned>
    </Line>
  );
});

function footerOf(
  state: DriverState,
  running: number,
  focus: Focus | null,
  stoppable: boolean,
): readonly [Tone, string, string] {
  if (focus?.asking === true) return ['warning', 'Stop this trial for good?', 'y yes · any other key no'];
  if (focus !== null) {
    const keys = [
      '↑↓ others',
      focus.details ? 'Esc back' : 'Enter details',
      ...(stoppable && canStop(state) ? ['k stop it'] : []),
    ];
    return ['plain', '', [...keys, ...(focus.details ? [] : ['Esc back'])].join(' · ')];
  }
  switch (state) {
    case 'running':
      return ['plain', '', '↑↓ select · p pause · q finish running and stop · ? help'];
    case 'paused':
      return ['warning', 'paused', 'p go on · q finish running and stop · ? help'];
    case 'draining':
      return ['warning', `finishing ${count(running, 'running trial')}, then stopping`, 'q stop at once'];
    case 'stopping':
      return ['warning', 'stopping', 'what has finished is kept'];
    case 'watching':
      return ['plain', 'watching', 'q close · ? help'];
    case 'gone':
      return ['warning', 'nobody runs it now', 'q close · ? help'];
    case 'ended':
      return ['plain', '', ''];
    default:
      return state satisfies never;
  }
}
