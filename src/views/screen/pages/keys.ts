import { type Key, useInput, useStdin } from 'ink';
import { useRef, useState } from 'react';
import type { DriverState } from '../../model/campaign-source.js';
import type { Commands } from '../../view.js';
import { home, type Navigation, type NavigationContext, type NavigationKey, navigate } from './navigation.js';
import { typeFilter } from './type-filter.js';

/** What keys do besides switching pages. */
interface KeyActions {
  /** What the driver does at this very moment. */
  readonly driverState: () => DriverState;
  readonly commands: Commands;
  /** Redraws the whole screen. */
  readonly drawAnew: () => void;
  /** Gives the terminal to the shell. */
  readonly suspend: () => void;
}

/**
 * Listens to the keys, and gives where they have led. The driver and what is around are asked for when a key comes,
 * because what was drawn may be a moment old. Without a keyboard (stdin is a file or a pipe) there are no keys.
 */
export function useKeys(actions: KeyActions, around: (at: Navigation) => NavigationContext): Navigation {
  const { isRawModeSupported } = useStdin();
  const [drawn, setDrawn] = useState<Navigation>(home);
  // Keys may come faster than they are drawn.
  const at = useRef<Navigation>(home);
  const press = (input: string, key: Key): void => {
    const { commands, driverState } = actions;
    const before = at.current;
    if (before.typing && !key.ctrl && !key.upArrow && !key.downArrow) {
      at.current = typeFilter(before, input, key);
      return;
    }
    if (before.asking && input === 'y' && before.selected !== null) commands.stopTrial(before.selected);
    at.current = navigate(before, navigationKey(input, key, driverState()), around(before));
    if (key.ctrl) control(input, actions);
    else if (before.asking) return;
    else if (input === 'p') pause(driverState(), commands);
    else if (input === 'q') quit(driverState(), commands);
  };
  useInput(
    (input, key) => {
      // Keys that come quickly, or over a slow line, come together.
      const pressed = input.length > 1 && !key.ctrl ? [...input] : [input];
      for (const one of pressed) press(one, key);
      setDrawn(at.current);
    },
    // For a file or a pipe it is undefined, in spite of its type, and the library takes that for a yes.
    { isActive: Boolean(isRawModeSupported) },
  );
  return drawn;
}

/** What single characters ask of the screen. What they ask of the driver is elsewhere. */
const LETTERS: Readonly<Record<string, NavigationKey>> = {
  '?': 'help',
  h: 'history',
  f: 'failed',
  t: 'trials',
  c: 'comparison',
  s: 'sort',
  r: 'reverse',
  '/': 'filter',
};

/** A watcher cannot stop a trial. */
function navigationKey(input: string, key: Key, state: DriverState): NavigationKey {
  if (key.ctrl) return 'other';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.pageUp) return 'page-up';
  if (key.pageDown) return 'page-down';
  if (key.home) return 'first';
  if (key.end) return 'last';
  if (key.rightArrow) return 'sort';
  if (key.leftArrow) return 'sort-back';
  if (key.tab) return 'next-stage';
  if (key.return || input === '\r') return 'enter';
  if (key.escape) return 'escape';
  if (input === 'k') return canStop(state) ? 'stop' : 'other';
  return LETTERS[input] ?? 'other';
}

/** The keyboard is read key by key, so what the terminal would do for these falls to the screen. */
function control(input: string, { driverState, commands, drawAnew, suspend }: KeyActions): void {
  if (input === 'c') quit(driverState(), commands);
  if (input === 'l') drawAnew();
  // Not while the library still handles the key: its stage is unmounted meanwhile.
  if (input === 'z') setImmediate(suspend);
}

/** Whether trials run in this process. */
export function canStop(state: DriverState): boolean {
  return state === 'running' || state === 'paused' || state === 'draining';
}

function pause(state: DriverState, commands: Commands): void {
  if (state === 'running' || state === 'paused') commands.togglePause();
}

function quit(state: DriverState, commands: Commands): void {
  if (state === 'draining' || state === 'stopping') commands.stopNow();
  else commands.drain();
}
