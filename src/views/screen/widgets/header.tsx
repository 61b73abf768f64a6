import type { ReactNode } from 'react';
import type { CampaignFacts } from '../../../campaign/event.js';
import { formatName } from '../../../campaign/format-setting.js';
import { formatClock, formatRoughly } from '../../../text/duration.js';
import { formatCount } from '../../../text/number.js';
import { escapeControls } from '../../../text/quote.js';
import type { DriverState } from '../../model/campaign-source.js';
import { textWidth } from '../../text/text-width.js';
import { cutText } from '../../text/wrapped-text.js';
import { Line, StyledText } from './line.js';

/** What the header says of a driver that does not simply run. */
const STATES: Readonly<Record<DriverState, string>> = {
  running: '',
  paused: 'paused',
  draining: 'finishing',
  stopping: 'stopping',
  watching: '',
  gone: 'not running',
  ended: '',
};

/**
 * Name, method and, if it does not simply run, its state at the left; elapsed time, time left and workers at the right,
 * as far as there is room.
 */
export function Header(props: {
  readonly facts: CampaignFacts;
  readonly elapsed: number;
  readonly left: number | null;
  readonly state: DriverState;
  readonly slots: number | null;
  /** Machines whose workers run the trials; undefined where trials run on this machine. */
  readonly hosts?: number | undefined;
  readonly width: number;
}): ReactNode {
  const { facts, elapsed, left, slots, width } = props;
  const state = STATES[props.state];
  const said = state === '' ? '' : ` · ${state}`;
  const name = cutText(escapeControls(facts.name), Math.max(8, width - 40));
  const method = ` · ${formatName(facts.method)}`;
  const machines = props.hosts === undefined ? '' : ` on ${formatCount(props.hosts, 'host')}`;
  const facing = [
    `${formatClock(elapsed)} elapsed`,
    ...(left === null || state !== '' ? [] : [`about ${formatRoughly(left)} left`]),
    ...(slots === null ? [] : [`${formatCount(slots, 'worker')}${machines}`]),
  ];
  const room = width - 4 - textWidth(name) - textWidth(method) - textWidth(said);
  while (facing.length > 1 && textWidth(facing.join(' · ')) > room) facing.pop();
  const right = cutText(facing.join(' · '), Math.max(0, room));
  return (
    <Line>
      {' '}
      <StyledText textStyle="strong">{name}</StyledText>
      <StyledText textStyle="quiet">{method}</StyledText>
      <StyledText textStyle="warning">{said}</StyledText>
      {' '.repeat(Math.max(1, room + 2 - textWidth(right)))}
      {right}
    </Line>
  );
}
