import { memo, type ReactNode } from 'react';
import { formatCount } from '../../../text/number.js';
import { escapeControls } from '../../../text/quote.js';
import type { DriverState } from '../../model/campaign-source.js';
import { textWidth } from '../../text/text-width.js';
import { cutText } from '../../text/wrapped-text.js';
import { canStop } from '../pages/keys.js';
import { isList, type Navigation } from '../pages/navigation.js';
import { Line, StyledText } from './line.js';
import type { TextStyle } from './text-style.js';

interface FooterProps {
  readonly state: DriverState;
  readonly running: number;
  /** Trials that have failed. */
  readonly failed: number;
  /** Which of the failed trials is looked at, from 0; -1 for none. */
  readonly place: number;
  readonly at: Navigation;
  /** The selected trial in words, if it runs; empty otherwise. */
  readonly trial: string;
  /** Whether the selected trial runs. */
  readonly stoppable: boolean;
  readonly width: number;
}

/** What the driver is doing where that is not the usual, and what the keys do now. */
export const Footer = memo(function Footer(props: FooterProps): ReactNode {
  const [textStyle, state, ...hints] = footerOf(props);
  const room = props.width - 2;
  const said = cutText(state, room);
  const left = room - textWidth(said) - (state === '' ? 0 : 3);
  const keys = hints.find((hint) => textWidth(hint) <= left) ?? hints.at(-1) ?? '';
  return (
    <Line>
      {' '}
      <StyledText textStyle={textStyle}>{said}</StyledText>
      <StyledText textStyle="quiet">
        {cutText(`${state === '' ? '' : ' · '}${keys}`, room - textWidth(said))}
      </StyledText>
    </Line>
  );
});

/** The state of the driver, and the keys: the most words first, for the first that there is room for. */
function footerOf(props: FooterProps): readonly [TextStyle, string, ...string[]] {
  const { state, running, failed, place, at, stoppable } = props;
  const look = failed === 0 ? '' : `f ${failed} failed · `;
  const stop = stoppable && canStop(state) ? ['k stop it'] : [];
  if (at.asking)
    return ['warning', `Stop ${props.trial} for good?`, 'y yes · any other key no', 'y yes · n no'];
  if (isList(at.page)) {
    const { filter } = at[at.page];
    if (at.typing) return ['strong', `/${escapeControls(filter)}█`, 'Enter keep · Esc clear', 'Esc clear'];
    const open = at.page === 'comparison' ? 'Enter trials · Tab stage' : ['Enter open', ...stop].join(' · ');
    const back = filter === '' ? 'Esc back' : 'Esc clear filter';
    return [
      'plain',
      '',
      `↑↓ select · ${open} · s sort · r reverse · / filter · ${back} · ? help`,
      `↑↓ · ${open} · s sort · r reverse · / filter · ${back}`,
      `Enter · s sort · r reverse · / filter · Esc`,
    ];
  }
  if (at.page === 'help') return ['plain', '', '? or Esc back'];
  if (at.page === 'history') return ['plain', '', '↑↓ PgUp PgDn scroll · h or Esc back'];
  if (place >= 0) {
    const others = failed > 1 ? ['↑↓ others'] : [];
    return ['plain', `failed ${place + 1} of ${failed}, the last first`, [...others, 'Esc back'].join(' · ')];
  }
  if (at.page === 'trial') return ['plain', '', ['↑↓ others', ...stop, 'Esc back'].join(' · ')];
  if (stoppable) return ['plain', '', ['↑↓ others', 'Enter details', ...stop, 'Esc back'].join(' · ')];
  switch (state) {
    case 'running':
      return [
        'plain',
        '',
        `↑↓ select · ${look}t trials · c compare · p pause · q finish running and stop · h history · ? help`,
        `↑↓ · ${look}t trials · c compare · p pause · q stop · h history · ? help`,
        `${look}t trials · c compare · p pause · q stop · ? help`,
        `${look}t trials · p pause · q stop · ? help`,
        `${look}p pause · q stop · ? help`,
      ];
    case 'paused':
      return [
        'warning',
        'paused',
        `p resume · ${look}t trials · c compare · q finish running and stop · h history · ? help`,
        `p resume · ${look}t trials · c compare · q stop · ? help`,
        `${look}p resume · q stop · ? help`,
      ];
    case 'draining':
      return [
        'warning',
        `finishing ${formatCount(running, 'running trial')}, then stopping`,
        `${look}q stop at once`,
        'q stop at once',
      ];
    case 'stopping':
      return ['warning', 'stopping', 'what has finished is kept'];
    case 'watching':
      return [
        'plain',
        'watching',
        `↑↓ select · q close · ${look}t trials · c compare · h history · ? help`,
        `↑↓ select · q close · ${look}t trials · ? help`,
        `${look}q close · ? help`,
      ];
    case 'gone':
      return [
        'warning',
        'no run is active',
        `${look}t trials · c compare · q close · h history · ? help`,
        `${look}q close · ? help`,
      ];
    case 'ended':
      return ['plain', '', ''];
    default:
      return state satisfies never;
  }
}
